"""Sets: membership, adding, algebra."""


def run():
    seen, total = set(), 0
    x = 1
    for _ in range(1500000):
        x = x * 75 % 65537
        if x in seen:
            total += 1
        else:
            seen.add(x)
    evens, threes = set(range(0, 200000, 2)), set(range(0, 200000, 3))
    for _ in range(20):
        total += len(evens & threes) + len(evens | threes) + len(evens - threes) + len(evens ^ threes)
    return total, len(seen)


print(run())
