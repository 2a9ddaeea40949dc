# Literal, capture, wildcard, or, as, value patterns, guards.
import math
class Color: RED = 1; BLUE = 2
def f(x):
    match x:
        case 0: return "zero"
        case -1: return "minus one"
        case 1.5: return "one and a half"
        case 2 + 3j: return "complex"
        case -1 - 1j: return "neg complex"
        case "a" | "b": return "a or b"
        case b"bytes": return "bytes"
        case "con" "cat": return "concatenated"
        case None: return "none"
        case True: return "true"
        case False: return "false"
        case Color.BLUE: return "blue"
        case math.pi: return "pi"
        case str() as s if len(s) > 5: return f"long {s}"
        case (int() | float()) as n if n > 100: return f"big {n}"
        case str(s): return f"str {s}"
        case _: return "other"
for v in (
    0,
    0.0,
    False,
    True,
    1,
    -1,
    1.5,
    2 + 3j,
    -1 - 1j,
    "a",
    "b",
    "c",
):
    print(repr(v), f(v))
for v in (
    b"bytes",
    "concat",
    None,
    2,
    math.pi,
    "abcdefg",
    101,
    1e3,
    50,
    [],
    ...,
):
    print(repr(v), f(v))
def g(x):
    match x:
        case y if y == 3: return "three"
        case y: return f"captured {y}"
print(g(3), g("z"))
def order(n):
    def guard(label, r): print("guard", label); return r
    match n:
        case 1 if guard("a", False): return "A"
        case 1 | 2 if guard("b", n == 2): return "B"
        case x if guard("c", True): return "C"
print(order(1), order(2), order(3))
def binds(x):
    match x:
        case (1 | 2) as a, b: pass
        case [a] | (a, _, _): b = None
        case _: a = b = "none"
    return a, b
print(binds((2, "q")), binds([5]), binds((7, 8, 9)), binds(0))
match 5:
    case 6: print("no")
print("fell through")
match x := 4, 5:
    case 4, y: print(x, y)
match "abc":
    case "abc" as whole: print(whole)
def nested(x):
    match x:
        case [1, [2, (3 | 4) as z, *_]]: return z
        case {"k": [_, {"deep": v}]}: return v
        case _: return None
print(nested([1, [2, 4, 5, 6]]), nested({"k": [0, {"deep": "found"}]}), nested(1))
class Eq:
    def __init__(self, n): self.n = n
    def __eq__(self, o): print("compared with", o); return o == self.n
match Eq(2):
    case 1: print("one")
    case 2: print("two")
match 1:
    case Color.RED: print("dotted")
match ...:
    case None: print("no")
    case other: print(other)
for v in (True, 1, 1.0):
    match v:
        case True: print("is True", v)
        case 1: print("equals one", v)
