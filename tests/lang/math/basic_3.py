# math: rounding, integer functions, logs and powers.
import math
from math import *
for s in (
    "dist([1], [1, 2])",
    "hypot('a')",
    "fsum(['a'])",
    "fsum([inf, -inf])",
    "fsum(5)",
    "prod(['a', 'b'])",
    "isclose(1, 1, rel_tol=-1)",
    "math.nope",
    "sqrt()",
    "sqrt(1, 2)",
    "gamma(0)",
    "gamma(-1)",
    "gamma(200)",
    "lgamma(0)",
    "exp('x')",
    "log()",
    "log(1, 2, 3)",
    "log('a')",
):
    try: print(s, "=", eval(s))
    except Exception as x: print(s, "->", type(x).__name__, x)
