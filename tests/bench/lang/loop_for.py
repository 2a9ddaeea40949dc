"""for over range, nested, with little in the body."""


def run():
    total = 0
    for i in range(6000):
        for j in range(2000):
            total += j
    return total


print(run())
