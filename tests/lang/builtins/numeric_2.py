# abs, divmod, pow, round, sum, min, max.
from functools import partial
for c in (
    "round([])",
    "sum()",
    "sum(5)",
    "sum(['a'])",
    "sum([[]])",
    "sum(['a'], 'b')",
    "sum([b'a'], b'')",
    "sum([1], start='a')",
    "sum([bytearray()], bytearray())",
    "min()",
    "min([])",
    "min(5)",
    "min(1, 'a')",
    "min([1, 'a'])",
    "min(1, 2, key=5)",
):
    try: print(c, "=", eval(c))
    except Exception as e: print(c, "->", type(e).__name__, e)
