"""Random with seed: queues, Monte Carlo, game of life, maze, knapsack, markov chain."""
import bisect
import heapq
import math
import random
import statistics
from collections import deque
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate, count, product

rng = random.Random(20240101)


@dataclass(order=True)
class Customer:
    time: float
    number: int = field(default_factory=count(1).__next__)
    service: float = field(default=0.0, compare=False)


def bank(n, tellers):
    events, t = [], 0.0
    for _ in range(n):
        t += rng.expovariate(1 / 3)
        heapq.heappush(events, Customer(t, service=rng.gammavariate(2, 2)))
    free = [0.0] * tellers
    waits = []
    while events:
        c = heapq.heappop(events)
        start = max(c.time, heapq.heappop(free))
        waits.append(start - c.time)
        heapq.heappush(free, start + c.service)
    return statistics.mean(waits), statistics.quantiles(waits, n=4), max(waits)


print(bank(200, 2))
inside = sum(rng.random() ** 2 + rng.random() ** 2 <= 1 for _ in range(20000))
print(4 * inside / 20000, rng.getrandbits(70), rng.randrange(10, 100, 7), rng.choice("abc"),
    rng.sample(range(1000), 5))
print(rng.choices("xyz", [1, 2, 7], k=8), rng.triangular(0, 10, 3), rng.gauss(0, 1), rng.normalvariate(5,
    2), rng.betavariate(1, 3))
print(rng.vonmisesvariate(0, 1), rng.paretovariate(3), rng.weibullvariate(1, 2), rng.lognormvariate(0, 1),
    rng.randbytes(5).hex())
deck = [f"{r}{s}" for s, r in product("SHDC", "A23")]
rng.shuffle(deck)
print(" ".join(deck))
state = rng.getstate()
a = [rng.random() for _ in range(3)]
rng.setstate(state)
print(a == [rng.random() for _ in range(3)], len(state[1]), random.Random("text").random(),
    random.Random(b"b").randint(1, 6), random.Random(-1.5).random())


def maze(w, h):
    grid = [[1] * (2 * w + 1) for _ in range(2 * h + 1)]
    stack = [(0, 0)]
    grid[1][1] = 0
    while stack:
        x, y = stack[-1]
        nexts = [(x + dx, y + dy, dx, dy) for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1))
                 if 0 <= x + dx < w and 0 <= y + dy < h and grid[2 * (y + dy) + 1][2 * (x + dx) + 1]]
        if not nexts:
            stack.pop()
            continue
        nx, ny, dx, dy = rng.choice(nexts)
        grid[2 * y + 1 + dy][2 * x + 1 + dx] = grid[2 * ny + 1][2 * nx + 1] = 0
        stack.append((nx, ny))
    return grid


grid = maze(12, 5)
print("\n".join("".join(" #"[c] for c in row) for row in grid))


def solve(grid, start, goal):
    back, todo = {start: None}, deque([start])
    while todo:
        at = todo.popleft()
        if at == goal:
            path = []
            while at:
                path.append(at)
                at = back[at]
            return path[::-1]
        for dy, dx in ((0, 1), (1, 0), (0, -1), (-1, 0)):
            to = at[0] + dy, at[1] + dx
            if not grid[to[0]][to[1]] and to not in back:
                back[to] = at
                todo.append(to)


path = solve(grid, (1, 1), (9, 23))
print(len(path), path[:4], path[-2:])
items = [(rng.randint(1, 20), rng.randint(1, 50)) for _ in range(25)]


@lru_cache(maxsize=None)
def knapsack(i, room):
    if i == len(items):
        return 0
    weight, value = items[i]
    best = knapsack(i + 1, room)
    return max(best, value + knapsack(i + 1, room - weight)) if weight <= room else best


print(knapsack(0, 60), knapsack.cache_info())
steps = list(accumulate(rng.choice((-1, 1)) for _ in range(1000)))
print(min(steps), max(steps), statistics.pstdev(steps), statistics.multimode(steps[:50]),
    statistics.correlation(range(1000), steps))
print(statistics.linear_regression(range(1000), steps), statistics.NormalDist.from_samples(steps).cdf(0),
    statistics.geometric_mean([1, 2, 4]))
cuts = sorted(rng.sample(range(100), 5))
print([bisect.bisect(cuts, v) for v in (0, 25, 50, 99)], bisect.bisect_left([(1, "b"), (2, "a")], 2,
    key=lambda t: t[0]))
cells = {(rng.randrange(8), rng.randrange(8)) for _ in range(24)}
for _ in range(5):
    near = {}
    for x, y in cells:
        for dx, dy in product((-1, 0, 1), repeat=2):
            if dx or dy:
                near[x + dx, y + dy] = near.get((x + dx, y + dy), 0) + 1
    cells = {c for c, n in near.items() if n == 3 or n == 2 and c in cells}
print(sorted(cells), math.dist((0, 0), (3, 4)), math.comb(52, 5), math.perm(5, 2), math.isqrt(10**20 + 1),
    math.lcm(4, 6), math.fsum([.1] * 10))
