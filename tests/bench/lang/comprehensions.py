"""List, dict, set and generator comprehensions."""


def run():
    total = 0
    for _ in range(80):
        squares = [x * x for x in range(30000)]
        odd = [x for x in squares if x & 1]
        table = {x: x + 1 for x in range(10000)}
        residues = {x % 97 for x in squares}
        pairs = [(a, b) for a in range(100) for b in range(100) if a < b]
        total += len(odd) + len(table) + len(residues) + len(pairs) + sum(y for y in odd if y % 3)
    return total


print(run())
