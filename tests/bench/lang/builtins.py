"""Built-in functions called often: len, range, min, max, abs, isinstance, zip, map, enumerate, sum, sorted."""


def run(n):
    items = [5, 3, 8, 1]
    total = 0
    for i in range(n):
        total += len(items) + min(items) + max(i, 3) + abs(-i)
        if isinstance(i, int) and not isinstance(i, str):
            total += ord(chr(65 + i % 26))
    for _ in range(n // 20):
        total += sum(a * b for a, b in zip(items, items))
        total += sum(map(abs, items)) + sum(i for i, _ in enumerate(items))
        total += sorted(items)[0] + any(items) + all(items)
    return total


print(run(1000000))
