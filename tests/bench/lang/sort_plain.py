"""Sorting ints, floats and strings without a key."""


def numbers(n, seed=1):
    for _ in range(n):
        seed = (seed * 1103515245 + 12345) % 2147483648
        yield seed


def run():
    ints = list(numbers(200000))
    check = 0
    for _ in range(2):
        check += sorted(ints)[1000]
    floats = [n / 7 for n in ints]
    floats.sort()
    words = [hex(n) for n in ints[:100000]]
    words.sort()
    nearly = sorted(ints)
    nearly[::100] = nearly[50::100]
    nearly.sort()
    return check, floats[17], words[500], nearly[1000]


print(run())
