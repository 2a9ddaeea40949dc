# Mixing bytes with everything else.
import itertools
for e in (
    "{b'a': 1}['a']",
    "sorted([b'b', b'a'])",
    "sorted([b'b', 'a'])",
    "max(b'a', b'b')",
    "b'{}'.format(1)",
    "f'{b\"x\"}'",
    "isinstance(b'', str)",
    "b'a' is not 'a'",
    "len(b'\\xc3\\xa9')",
    "b'abc'.upper().lower() == b'abc'",
    "sum([b'a', b'b'])",
    "b''.join(b'ab')",
    "list(b'ab') + [1]",
    "b'a' and b''",
    "not b''",
):
    try: print(e, "=", eval(e))
    except Exception as x: print(e, "->", type(x).__name__, x)
