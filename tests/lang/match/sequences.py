# Sequence patterns with stars.
def f(x):
    match x:
        case []: return "empty"
        case [a]: return f"one {a}"
        case [a, b]: return f"two {a} {b}"
        case ["cmd", *args]: return f"cmd {args}"
        case [first, *_, last] if first == last: return f"same ends {first}"
        case (1, *mid, 9): return f"mid {mid}"
        case [x, y, *rest]: return f"rest {x} {y} {rest}"
        case _: return "no sequence"
from collections import deque, namedtuple
class L(list): pass
class Fake:
    def __len__(self): return 2
    def __getitem__(self, i): return i
NT = namedtuple("NT", "p q")
for v in ([], (), [1], (1, 2), ["cmd", 1, 2], [5, 6, 5], (1, 2, 3, 9), range(4), "ab", b"ab", bytearray(b"ab"), {1, 2}, {1: 2}, iter([1, 2]), deque([1, 2]), L([7, 8]), Fake(), NT(3, 4), memoryview(b"xy"), None):
    print(repr(v).split(" at ")[0] if not isinstance(v, (Fake, memoryview)) else type(v).__name__, "->", f(v))
def star(x):
    match x:
        case [*all]: return all
def stars(x):
    match x:
        case [_, *_, _]: return "at least two"
        case [_]: return "one"
        case []: return "zero"
print(star((1, 2)), star([]), stars("abc"), stars([1, 2, 3]), stars([1]), stars(()))
def p(x):
    match x:
        case (1,): return "tuple of one"
        case (y): return "just parens"
print(p([1]), p(5))
def nested(x):
    match x:
        case [[a, b], [c, *d]]: return a, b, c, d
        case [_, [_, [z]]]: return z
print(nested([(1, 2), (3, 4, 5)]), nested([0, [0, [7]]]), nested([]))
match 1, 2, 3:
    case a, *b: print(a, b)
match [1, 2], 3:
    case [x, y], z: print(x, y, z)
match *[1, 2], 3:
    case a, b, c: print(a + b + c)
class Seq:
    def __init__(self, *v): self.v = v
    def __len__(self): print("len"); return len(self.v)
    def __getitem__(self, i): print("get", i); return self.v[i]
import collections.abc
collections.abc.Sequence.register(Seq)
match Seq(1, 2, 3, 4):
    case [a, _, *rest, z]: print(a, rest, z)
match Seq(1):
    case [1, 2]: print("no")
    case [1]: print("yes")
def partial(x):
    match x:
        case [a, 2]: return "first", a
        case [b, c]: return "second", b, c
print(partial([1, 2]), partial([3, 4]))
