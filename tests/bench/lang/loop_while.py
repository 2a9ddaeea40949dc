"""while with a counter and a few tests."""


def run(n):
    i = total = 0
    while i < n:
        if i % 3 == 0:
            total += i
        elif i & 1:
            total -= 1
        i += 1
    return total


print(run(6000000))
