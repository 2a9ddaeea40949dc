"""Tic-tac-toe minimax, sudoku, n-queens, knights, hanoi, bowling, poker hands, blackjack, mastermind."""
import collections
import enum
import functools
import itertools
import random
import re
from dataclasses import dataclass

LINES = [(0, 1, 2), (3, 4, 5), (6, 7, 8), (0, 3, 6), (1, 4, 7), (2, 5, 8), (0, 4, 8), (2, 4, 6)]


@functools.cache
def minimax(board, player):
    for a, b, c in LINES:
        if board[a] == board[b] == board[c] != ".":
            return (1 if board[a] == "X" else -1), None
    if "." not in board:
        return 0, None
    pick = max if player == "X" else min
    return pick(((minimax(board[:i] + player + board[i + 1:], "XO"[player == "X"])[0],
        -i if player == "X" else i)
                 for i, c in enumerate(board) if c == "."), key=lambda t: t[0])


print(minimax("." * 9, "X"), minimax("X...O....", "X"), minimax.cache_info().currsize)


def sudoku(grid):
    cells = list(grid)
    peers = [{j for j in range(81) if j != i and (j // 9 == i // 9 or j % 9 == i % 9 or (
        j // 27 == i // 27 and j % 9 // 3 == i % 9 // 3))} for i in range(81)]

    def fill():
        best = min(((set("123456789") - {cells[j] for j in peers[i]},
            i) for i in range(81) if cells[i] == "0"), key=lambda t: (len(t[0]), t[1]), default=None)
        if best is None:
            return True
        options, i = best
        for c in sorted(options):
            cells[i] = c
            if fill():
                return True
        cells[i] = "0"
        return False
    return "".join(cells) if fill() else None


print(sudoku("003020600900305001001806400008102900700000008006708200002609500800203009005010300"))


def queens(n, row=0, cols=0, d1=0, d2=0):
    if row == n:
        return 1
    free, found = ~(cols | d1 | d2) & (1 << n) - 1, 0
    while free:
        bit = free & -free
        free ^= bit
        found += queens(n, row + 1, cols | bit, (d1 | bit) << 1, (d2 | bit) >> 1)
    return found


print([queens(n) for n in range(1, 9)])


def hanoi(n, a="A", b="B", c="C"):
    if n:
        yield from hanoi(n - 1, a, c, b)
        yield f"{a}{c}"
        yield from hanoi(n - 1, b, a, c)


print(" ".join(hanoi(3)), sum(1 for _ in hanoi(10)))


class Suit(enum.Enum):
    SPADES, HEARTS, DIAMONDS, CLUBS = "♠♥♦♣"

    def __str__(self):
        return self.value


@functools.total_ordering
class Rank(enum.Enum):
    _ignore_ = ["i", "n"]
    i = n = None
    for i, n in enumerate("TWO THREE FOUR FIVE SIX SEVEN EIGHT NINE TEN JACK QUEEN KING ACE".split(), 2):
        vars()[n] = i

    def __lt__(self, other):
        return self.value < other.value if isinstance(other, Rank) else NotImplemented

    def __str__(self):
        return "__23456789TJQKA"[self.value]


@dataclass(frozen=True, order=True)
class Card:
    rank: Rank
    suit: Suit = None

    @classmethod
    def parse(cls, text):
        r, s = text
        return cls(next(x for x in Rank if str(x) == r), next(x for x in Suit if x.name[0] == s))

    def __str__(self):
        return f"{self.rank}{self.suit}"


def classify(hand):
    counts = collections.Counter(c.rank for c in hand)
    shape = tuple(sorted(counts.values(), reverse=True))
    ranks = sorted(counts, key=lambda r: (counts[r], r), reverse=True)
    flush = len({c.suit for c in hand}) == 1
    values = sorted(c.rank.value for c in hand)
    straight = values == [*range(values[0], values[0] + 5)] or values == [2, 3, 4, 5, 14]
    match shape, flush, straight:
        case _, True, True:
            return 8, "straight flush"
        case (4, 1), *_:
            return 7, f"four {ranks[0].name.lower()}s"
        case (3, 2), *_:
            return 6, f"{ranks[0].name.lower()}s full of {ranks[1].name.lower()}s"
        case _, True, _:
            return 5, "flush"
        case _, _, True:
            return 4, "straight"
        case [3, *_], *_:
            return 3, "three of a kind"
        case (2, 2, 1), *_:
            return 2, "two pairs"
        case [2, *rest], *_ if len(rest) == 3:
            return 1, f"pair of {ranks[0]}"
    return 0, f"high {ranks[0]}"


for text in "AS KS QS JS TS", "AS AH AD AC 2S", "2S 2H 2D 3C 3S", "2S 3H 4D 5C AS", "2S 4S 6S 8S TS", "2S 2H 3D 3C 9S", "2S 2H 3D 4C 9S", "2S 3H 7D KC 9S", "7S 7H 7D KC 9S":
    hand = [Card.parse(t) for t in text.split()]
    print(" ".join(map(str, sorted(hand, key=lambda c: (c.rank, c.suit.name)))), classify(hand))
print(Rank.TWO < Rank.ACE, max(Rank), Rank["SIX"], len(Rank), Card(Rank.TWO) == Card(Rank.TWO),
    repr(Card(Rank.TEN, Suit.CLUBS)))
deck = [Card(r, s) for r, s in itertools.product(Rank, Suit)]
random.Random(7).shuffle(deck)
kinds = collections.Counter(classify(h)[0] for h in zip(*[iter(deck)] * 5))
print(kinds, deck[0], len(deck))


def bowling(rolls):
    rolls, total, i = [*rolls], 0, 0
    for _ in range(10):
        strike, spare = rolls[i] == 10, sum(rolls[i:i + 2]) == 10
        total += sum(rolls[i:i + 2 + (strike or spare)])
        i += 2 - strike
    return total


print(bowling([10] * 12), bowling([5] * 21), bowling([9, 0] * 10), bowling(int(c) for c in re.findall(r"\d",
    "1234" * 5)))
rng, secret = random.Random(3), None
codes = list(itertools.product("RGBY", repeat=3))
secret = rng.choice(codes)


def score(a, b):
    black = sum(map(str.__eq__, a, b))
    return black, sum((collections.Counter(a) & collections.Counter(b)).values()) - black


for turn in itertools.count(1):
    guess = rng.choice(codes)
    s = score(guess, secret)
    print(turn, "".join(guess), "●" * s[0] + "○" * s[1], len(codes))
    if s[0] == 3:
        break
    codes = [c for c in codes if score(c, guess) == s]
