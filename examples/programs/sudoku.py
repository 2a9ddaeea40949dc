"""Solve sudoku puzzles by constraint propagation and search.

    sudoku.py [PUZZLE...]      81 characters each, 0 or . for an empty cell
"""
import sys

PUZZLES = [
    "003020600900305001001806400008102900700000008006708200002609500800203009005010300",
    "4.....8.5.3..........7......2.....6.....8.4......1.......6.3.7.5..2.....1.4......",
    "85...24..72......9..4.........1.7..23.5...9...4...........8..7..17..........36.4.",
    "..............3.85..1.2.......5.7.....4...1...9.......5......73..2.1........4...9"[:81],
    "1" * 81,
]
DIGITS = "123456789"
ROWS = "ABCDEFGHI"
CELLS = [r + c for r in ROWS for c in DIGITS]
UNITS = ([[r + c for c in DIGITS] for r in ROWS]
         + [[r + c for r in ROWS] for c in DIGITS]
         + [[r + c for r in rs for c in cs] for rs in ("ABC", "DEF", "GHI") for cs in ("123", "456", "789")])
UNITS_OF = {cell: [unit for unit in UNITS if cell in unit] for cell in CELLS}
PEERS = {cell: set(sum(UNITS_OF[cell], [])) - {cell} for cell in CELLS}


class Contradiction(Exception):
    """A cell or a digit has no place left."""


class Grid:
    searched = 0

    def __init__(self, possible=None):
        self.possible = possible or {cell: DIGITS for cell in CELLS}

    @classmethod
    def parse(cls, text):
        grid = cls()
        for cell, char in zip(CELLS, text):
            if char in DIGITS:
                grid.assign(cell, char)
        return grid

    def assign(self, cell, digit):
        for other in self.possible[cell].replace(digit, ""):
            self.eliminate(cell, other)

    def eliminate(self, cell, digit):
        left = self.possible[cell]
        if digit not in left:
            return
        left = self.possible[cell] = left.replace(digit, "")
        if not left:
            raise Contradiction(cell)
        if len(left) == 1:
            for peer in sorted(PEERS[cell]):
                self.eliminate(peer, left)
        for unit in UNITS_OF[cell]:
            places = [c for c in unit if digit in self.possible[c]]
            if not places:
                raise Contradiction(f"{digit} in {cell}")
            if len(places) == 1 and len(self.possible[places[0]]) > 1:
                self.assign(places[0], digit)

    def solve(self):
        open_cells = [cell for cell in CELLS if len(self.possible[cell]) > 1]
        if not open_cells:
            return self
        cell = min(open_cells, key=lambda c: (len(self.possible[c]), c))
        for digit in self.possible[cell]:
            Grid.searched += 1
            trial = Grid(dict(self.possible))
            try:
                trial.assign(cell, digit)
                return trial.solve()
            except Contradiction:
                continue
        raise Contradiction(cell)

    def __str__(self):
        lines = []
        for r in ROWS:
            row = [self.possible[r + c] for c in DIGITS]
            lines.append(" | ".join(" ".join(row[i:i + 3]) for i in (0, 3, 6)))
            if r in "CF":
                lines.append("------+-------+------")
        return "\n".join(lines)

    def is_valid(self):
        return all(sorted(self.possible[c] for c in unit) == list(DIGITS) for unit in UNITS)


def main(argv):
    for number, puzzle in enumerate(argv[1:] or PUZZLES, 1):
        Grid.searched = 0
        clues = sum(char in DIGITS for char in puzzle)
        print(f"Puzzle {number}: {clues} clues")
        try:
            if len(puzzle) != 81:
                raise ValueError(f"a puzzle has 81 cells, this one {len(puzzle)}")
            solved = Grid.parse(puzzle).solve()
            print(solved)
            print(f"valid: {solved.is_valid()}, guesses: {Grid.searched}")
        except Contradiction as error:
            print(f"no solution ({error}), guesses: {Grid.searched}")
        except ValueError as error:
            print("skipped:", error)
        print()


if __name__ == "__main__":
    main(sys.argv)
