# bool as int.
print(True + True, True * 5, sum([True, False, True]), True == 1, False == 0, True is 1 or "not same", True < 2, -True, True / 2, True ** 2, True // 1, True % 1, divmod(True, 1))
print(bool(), bool(0), bool(1), bool(""), bool("0"), bool([]), bool([0]), bool(None), bool(0.0), bool(0j), bool(-0.0), bool(float("nan")), bool({}), bool(()), bool(range(0)), bool(b""), bool(set()), bool(object()), bool(lambda: 0), bool(int), bool(...), bool(NotImplemented) if 0 else "skip")
print(repr(True), str(False), format(True, ""), f"{False!r:>6}", True.__repr__(), int(True), float(True), hash(True), [1, 2][True], {1: "a"}[True], {True: "t", 1: "one"}, isinstance(True, int), issubclass(bool, int), type(True), bool.__mro__)
print(True and 1, 0 or False, not True, True & False, True | False, True ^ True, ~True, True & 3, type(True & True), type(True + 0), type(True and 1))
class B:
    def __bool__(self): return False
class L:
    def __len__(self): return 0
class BL:
    def __bool__(self): return True
    def __len__(self): return 0
print(bool(B()), bool(L()), bool(BL()), not B(), B() and 1 and "x" or "y", [x for x in (B(), BL(), L()) if x] != [], 1 if L() else 2)
for s in ("bool(1, 2)", "True.x", "True()", "True[0]", "class_ = type('X', (bool,), {})", "len(True)", "iter(True)", "True + 'a'", "bool(x=1)"):
    try: exec(s)
    except TypeError as e: print(s, "->", e)
    except AttributeError as e: print(s, "->", e)
class Bad:
    def __bool__(self): return 1
for s in ("bool(Bad())", "not Bad()", "Bad() and 1", "1 if Bad() else 2", "all([Bad()])", "[x for x in [Bad()] if x]", "list(filter(None, [Bad()]))", "while_()"):
    try: eval(s)
    except (TypeError, NameError) as e: print(s, "->", e)
print(all([]), any([]), all([1, 0]), any([0, 1]), all(x for x in "ab"), [True, False].count(1), [0, 1].index(True), max(True, 5), min(False, -1), sorted([True, False, 0, 1]), "%d %s %r %5s" % (True, True, False, True), True.bit_length(), (True).to_bytes(1, "big"), bool.from_bytes(b"\1", "big"), True.real, True.conjugate())
