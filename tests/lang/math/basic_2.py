# math: rounding, integer functions, logs and powers.
import math
from math import *
for s in (
    "floor('a')",
    "floor(inf)",
    "ceil(nan)",
    "trunc(inf)",
    "sqrt('a')",
    "pow(0, -1)",
    "pow(-1, 0.5)",
    "fmod(1, 0)",
    "fmod(inf, 1)",
    "remainder(1, 0)",
    "ldexp(1, 10000)",
    "ldexp(1, 'a')",
    "acos(2)",
    "asin(-2)",
    "acosh(0.5)",
    "atanh(1)",
    "sin(inf)",
    "tan(inf)",
):
    try: print(s, "=", eval(s))
    except Exception as x: print(s, "->", type(x).__name__, x)
