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
