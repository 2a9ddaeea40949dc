# Which method is tried when another is missing.
class LenOnly:
    def __len__(self): return 2
class GetOnly:
    def __getitem__(self, i):
        if i > 2: raise IndexError
        return i * 2
class LtOnly:
    def __init__(self, v): self.v = v
    def __lt__(self, o): return self.v < o.v
class EqOnly:
    def __eq__(self, o): return True
class StrOnly:
    def __str__(self): return "str"
class ReprOnly:
    def __repr__(self): return "repr"
class IndexOnly:
    def __index__(self): return 3
class AddOnly:
    def __add__(self, o): return "add"
class IterOnly:
    def __iter__(self): return iter([1, 2])
class RevOnly:
    def __len__(self): return 3
    def __getitem__(self, i): return "xyz"[i]
tests = [
    "bool(LenOnly())",
    "list(GetOnly())",
    "4 in GetOnly()",
    "5 in GetOnly()",
    "list(LenOnly())",
    "len(GetOnly())",
    "LtOnly(1) > LtOnly(2)",
    "LtOnly(1) < LtOnly(2)",
    "LtOnly(1) <= LtOnly(2)",
    "sorted([LtOnly(2), LtOnly(1)])[0].v",
    "max(LtOnly(1), LtOnly(5)).v",
    "EqOnly() != 1",
    "EqOnly() == 1",
    "1 == EqOnly()",
    "hash(EqOnly())",
    "repr(StrOnly())[:10]",
    "str(ReprOnly())",
    "f'{ReprOnly()}'",
]
for t in tests:
    try: print(t, "=", eval(t))
    except SyntaxError: exec(t); x += 5; print("x += 5:", x)
    except Exception as e: print(t, "->", type(e).__name__, e)
tests = [
    "f'{StrOnly()}'",
    "int(IndexOnly())",
    "float(IndexOnly())",
    "complex(IndexOnly())",
    "hex(IndexOnly())",
    "[1, 2, 3, 4][IndexOnly()]",
    "'a' * IndexOnly()",
    "round(1.23456, IndexOnly())",
    "IndexOnly() + 1",
    "range(IndexOnly())",
    "bytes(IndexOnly())",
    "abs(IndexOnly())",
    "AddOnly() + 1",
    "1 + AddOnly()",
    "sum([AddOnly(), 1])",
    "1 in IterOnly()",
    "3 in IterOnly()",
    "[*IterOnly()]",
]
for t in tests:
    try: print(t, "=", eval(t))
    except SyntaxError: exec(t); x += 5; print("x += 5:", x)
    except Exception as e: print(t, "->", type(e).__name__, e)
tests = [
    "len(IterOnly())",
    "IterOnly()[0]",
    "reversed(IterOnly())",
    "list(reversed(RevOnly()))",
    "list(RevOnly())",
    "reversed(LenOnly())",
    "next(IterOnly())",
    "iter(LenOnly())",
    "not LenOnly()",
    "bool(GetOnly())",
    "dict(IterOnly())",
    "max(IterOnly())",
    "x = AddOnly()",
    "ReprOnly() < ReprOnly()",
    "-IndexOnly()",
    "divmod(IndexOnly(), 2)",
    "IndexOnly() == 3",
    "math_floor(IndexOnly())",
]
for t in tests:
    try: print(t, "=", eval(t))
    except SyntaxError: exec(t); x += 5; print("x += 5:", x)
    except Exception as e: print(t, "->", type(e).__name__, e)
