"""Place N queens on a board so that none attacks another.

    n_queens.py [N]        every solution is counted, the fundamental ones are drawn for small boards
"""
import sys


def solutions(n):
    """Tuples with the column of the queen in each row."""
    placed = [0] * n

    def place(row, columns, down, up):
        if row == n:
            yield tuple(placed)
            return
        for column in range(n):
            if column in columns or row - column in down or row + column in up:
                continue
            placed[row] = column
            yield from place(row + 1, columns | {column}, down | {row - column}, up | {row + column})

    return place(0, frozenset(), frozenset(), frozenset())


def count_with_bits(n):
    """The number of solutions, by bit masks."""
    full = (1 << n) - 1

    def place(columns, left, right):
        if columns == full:
            return 1
        found = 0
        free = full & ~(columns | left | right)
        while free:
            bit = free & -free
            free ^= bit
            found += place(columns | bit, (left | bit) << 1, (right | bit) >> 1)
        return found

    return place(0, 0, 0)


def rotated(board):
    """The board turned by a quarter."""
    turned = [0] * len(board)
    for row, column in enumerate(board):
        turned[column] = len(board) - 1 - row
    return tuple(turned)


def mirrored(board):
    return tuple(len(board) - 1 - column for column in board)


def symmetric_forms(board):
    forms = set()
    for _ in range(4):
        forms |= {board, mirrored(board)}
        board = rotated(board)
    return forms


def fundamental(n):
    """One solution, the smallest, of each class of symmetric ones."""
    return [board for board in solutions(n) if board == min(symmetric_forms(board))]


def draw(board):
    for column in board:
        print(" ".join("Q" if c == column else "." for c in range(len(board))))
    print()


def main(argv):
    n = int(argv[1]) if len(argv) > 1 else 6
    print(" n  solutions  fundamental")
    for size in range(1, n + 2):
        found = sum(1 for _ in solutions(size))
        assert found == count_with_bits(size)
        print(f"{size:>2} {found:>10} {len(fundamental(size)):>12}")
    print()
    for board in fundamental(n):
        draw(board)


if __name__ == "__main__":
    main(sys.argv)
