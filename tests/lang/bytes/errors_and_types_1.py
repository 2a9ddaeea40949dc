# Mixing bytes with everything else.
import itertools
for e in (
    "b'a' + 'a'",
    "'a' + b'a'",
    "b'a' == 'a'",
    "b'a' in 'abc'",
    "'a' in b'abc'",
    "b'a' < 'a'",
    "b'%s' % 'a'",
    "'%s' % b'a'",
    "b'a'.join(['b'])",
    "','.join([b'a'])",
    "b'a'.replace('a', b'b')",
    "b'a'.split('a')",
    "b'a'.startswith('a')",
    "'a'.startswith(b'a')",
    "b'a'.find('a')",
    "b'a' * 'a'",
    "b'a' * 2.0",
    "b'a'[b'a']",
):
    try: print(e, "=", eval(e))
    except Exception as x: print(e, "->", type(x).__name__, x)
