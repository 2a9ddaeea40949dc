"""Random playouts on a small board: groups by union-find, liberties in sets, captures."""
SIZE = 7
EMPTY, BLACK, WHITE = 0, 1, 2


class Board:
    def __init__(self):
        self.cells = [EMPTY] * (SIZE * SIZE)
        self.near = [[p for p in self.around(i)] for i in range(SIZE * SIZE)]
        self.taken = {BLACK: 0, WHITE: 0}

    @staticmethod
    def around(i):
        y, x = divmod(i, SIZE)
        for dy, dx in ((0, 1), (1, 0), (0, -1), (-1, 0)):
            if 0 <= y + dy < SIZE and 0 <= x + dx < SIZE:
                yield (y + dy) * SIZE + x + dx

    def group(self, start):
        colour, stones, liberties, todo = self.cells[start], {start}, set(), [start]
        while todo:
            for n in self.near[todo.pop()]:
                if self.cells[n] == EMPTY:
                    liberties.add(n)
                elif self.cells[n] == colour and n not in stones:
                    stones.add(n)
                    todo.append(n)
        return stones, liberties

    def play(self, i, colour):
        if self.cells[i] != EMPTY:
            return False
        self.cells[i] = colour
        other = BLACK + WHITE - colour
        for n in self.near[i]:
            if self.cells[n] == other:
                stones, liberties = self.group(n)
                if not liberties:
                    for s in stones:
                        self.cells[s] = EMPTY
                    self.taken[colour] += len(stones)
        if not self.group(i)[1]:
            self.cells[i] = EMPTY
            return False
        return True

    def useful(self, i, colour):
        return self.cells[i] == EMPTY and not all(self.cells[n] == colour for n in self.near[i])


def playout(seed):
    board, colour, passes, moves = Board(), BLACK, 0, 0
    while passes < 2 and moves < 120:
        seed = (seed * 69069 + 1) & 0xFFFFFFFF
        choices = [i for i in range(SIZE * SIZE) if board.useful(i, colour)]
        if choices and board.play(choices[(seed >> 8) % len(choices)], colour):
            passes = 0
        else:
            passes += 1
        colour, moves = BLACK + WHITE - colour, moves + 1
    return sum((c == BLACK) - (c == WHITE) for c in board.cells) + board.taken[BLACK] - board.taken[WHITE], seed


score, seed = 0, 42
for game in range(120):
    result, seed = playout(seed)
    score += result
print(score, seed)
