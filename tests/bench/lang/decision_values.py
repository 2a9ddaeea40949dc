"""Value iteration on a grid: dicts keyed by tuples, lists of (probability, state, reward)."""


def build(n):
    moves = {}
    for y in range(n):
        for x in range(n):
            for name, (dy, dx) in {"up": (-1, 0), "down": (1, 0), "left": (0, -1), "right": (0, 1)}.items():
                outcomes = []
                for chance, (sy, sx) in ((0.8, (dy, dx)), (0.1, (dx, dy)), (0.1, (-dx, -dy))):
                    to = (min(n - 1, max(0, y + sy)), min(n - 1, max(0, x + sx)))
                    outcomes.append((chance, to, 1.0 if to == (n - 1, n - 1) else -0.04))
                moves.setdefault((y, x), {})[name] = outcomes
    return moves


def iterate(moves, discount, rounds):
    values = dict.fromkeys(moves, 0.0)
    for _ in range(rounds):
        fresh = {}
        for state, actions in moves.items():
            fresh[state] = max(sum(p * (r + discount * values[to]) for p, to, r in outcomes)
                               for outcomes in actions.values())
        values = fresh
    return values


values = iterate(build(20), 0.95, 70)
print(round(sum(values.values()), 6), round(values[(0, 0)], 6), max(values, key=values.get))
