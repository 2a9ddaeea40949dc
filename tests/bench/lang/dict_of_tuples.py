"""Dicts keyed by tuples, ints and strings: counting, grouping, inverting, grids."""
from collections import Counter, defaultdict


def neighbours(cells):
    counts = {}
    for x, y in cells:
        for dx in (-1, 0, 1):
            for dy in (-1, 0, 1):
                if dx or dy:
                    key = (x + dx, y + dy)
                    counts[key] = counts.get(key, 0) + 1
    return counts


live = {(0, 1), (1, 2), (2, 0), (2, 1), (2, 2), (10, 10), (10, 11), (11, 10), (12, 13), (13, 12), (13, 13)}
for _ in range(260):
    counts = neighbours(live)
    live = {cell for cell, n in counts.items() if n == 3 or (n == 2 and cell in live)}
print(len(live), sorted(live)[:3])

groups = defaultdict(list)
for i in range(200000):
    groups[(i % 31, i % 7)].append(i)
print(len(groups), sum(len(v) for v in groups.values()))
words = [f"w{i * i % 211}" for i in range(150000)]
print(Counter(words).most_common(2), Counter(words)["w4"])
inverted = {v: k for k, v in enumerate(words)}
memory = {}
for i in range(150000):
    memory[i * 31 % 5003, "k"] = memory.get((i % 5003, "k"), 0) + i
print(len(inverted), len(memory), sum(memory.values()) % 1000003)
