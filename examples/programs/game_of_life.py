"""Conway's Game of Life on an endless plane.

    game_of_life.py [PATTERN [GENERATIONS]]
"""
import sys
from collections import Counter

PATTERNS = {
    "glider": ".O.\n..O\nOOO",
    "blinker": "OOO",
    "toad": ".OOO\nOOO.",
    "r-pentomino": ".OO\nOO.\n.O.",
    "gosper gun": "\n".join([
        "........................O...........", "......................O.O...........",
        "............OO......OO............OO", "...........O...O....OO............OO",
        "OO........O.....O...OO..............", "OO........O...O.OO....O.O...........",
        "..........O.....O.......O...........", "...........O...O....................",
        "............OO......................"]),
    "diehard": "......O.\nOO......\n.O...OOO",
}
NEIGHBOURS = [(dx, dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1) if dx or dy]


def parse(picture):
    return {(x, y) for y, line in enumerate(picture.split("\n")) for x, char in enumerate(line) if char == "O"}


def step(cells):
    counts = Counter((x + dx, y + dy) for x, y in cells for dx, dy in NEIGHBOURS)
    return {cell for cell, n in counts.items() if n == 3 or n == 2 and cell in cells}


def generations(cells):
    while True:
        yield cells
        cells = step(cells)


def bounds(cells):
    xs, ys = [x for x, _ in cells], [y for _, y in cells]
    return min(xs), min(ys), max(xs), max(ys)


def draw(cells):
    if not cells:
        return "(empty)"
    left, top, right, bottom = bounds(cells)
    return "\n".join("".join("O" if (x, y) in cells else "." for x in range(left, right + 1)).rstrip(".")
                     for y in range(top, bottom + 1))


def normal(cells):
    """The same shape with its corner at the origin."""
    if not cells:
        return frozenset()
    left, top, _, _ = bounds(cells)
    return frozenset((x - left, y - top) for x, y in cells)


def fate(cells, limit):
    """What becomes of a pattern: (generation, period, displacement)."""
    seen = {}
    for n, now in enumerate(generations(cells)):
        shape = normal(now)
        if shape in seen:
            before, corner = seen[shape]
            here = bounds(now)[:2] if now else (0, 0)
            return n, n - before, (here[0] - corner[0], here[1] - corner[1])
        seen[shape] = n, bounds(now)[:2] if now else (0, 0)
        if n == limit:
            return n, None, None


def main(argv):
    name = argv[1] if len(argv) > 1 else "gosper gun"
    count = int(argv[2]) if len(argv) > 2 else 60
    if name not in PATTERNS:
        print("patterns:", ", ".join(sorted(PATTERNS)))
        return 2
    start = parse(PATTERNS[name])
    for n, cells in enumerate(generations(start)):
        if n % 20 == 0:
            print(f"generation {n}: {len(cells)} cells")
        if n == count:
            break
    print(draw(cells))
    print()
    for other, picture in PATTERNS.items():
        n, period, moved = fate(parse(picture), 150)
        what = "still changing" if period is None else f"period {period}, moved {moved}"
        print(f"{other:<12} after {n:>3} generations: {what}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
