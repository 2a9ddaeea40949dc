# range objects.
for r in (range(5), range(2, 8), range(0, 10, 3), range(10, 0, -3), range(0), range(5, 5), range(5, 0), range(0, 1, 5), range(-3, 3), range(10**20, 10**20 + 3), range(0, -10, -4)):
    print(r, list(r), len(r), r.start, r.stop, r.step, bool(r), list(reversed(r)), r[0:2], r[::-1], r[1:], r[-2:], 2 in r, 2.0 in r, "a" in r, r.count(2), hash(r) == hash(r[:]))
r = range(0, 100, 7)
for st in (
    "r.nope",
    "range(1, 'a')",
    "r[::0]",
    "len(range(2**63))",
    "len(range(-2**63, 2**63))",
    "range(2**100)[2**99]",
    "range(2**70)[-1]",
    "r[2**70]",
    "r()",
    "hash(r) is None",
    "range(3) == [0, 1, 2]",
    "range(True)",
    "range(10)[True]",
    "iter(r).__next__()",
    "next(r)",
    "range(2**65).index(2**64)",
    "2**64 in range(2**65)",
    "range(0, 2**70, 2**68)",
    "list(range(0, 2**70, 2**68))",
):
    try: print(st, "=", eval(st))
    except SyntaxError:
        try: exec(st)
        except Exception as e: print(st, "->", type(e).__name__, e)
    except Exception as e: print(st, "->", type(e).__name__, e)
it = iter(range(3))
print(next(it), it.__length_hint__(), list(it), next(it, "end"), type(it).__name__, type(iter(range(2**70))).__name__, type(reversed(range(3))).__name__)
class I:
    def __index__(self): return 4
print(list(range(I())), range(I(), I() if 0 else 9, I()), I() in range(5), range(5)[I()], repr(range(1, 2)), str(range(5)), [*range(2)], tuple(range(2)), *range(3), set(range(2)), dict.fromkeys(range(2)), list(zip(range(3), range(3, 0, -1))), [x for x in range(10) if x in range(0, 10, 3)])
for i in range(3):
    for j in range(i, 3): print(i, j, end="; ")
print()
for i in range(2**62 - 1, 2**62 + 2): print(i, end=" ")
for i in range(2**63 - 2, 2**63 + 1): print(i, end=" ")
for i in range(-2**63 - 1, -2**63 + 1): print(i, end=" ")
print()
for i in range(5, 0, -2): i += 100; print(i, end=" ")
print(range(10**30, 10**30 + 10, 3)[1], len(range(0, 10**18, 3)), range(0, 10**25)[10**24], (10**24 in range(0, 10**25, 7)), range(1, 10**25, 2).count(3), sorted(range(5), key=lambda x: -x), list(map(range, [1, 2])), range.__name__, range(5).__class__, isinstance(range(1), range), sorted(m for m in dir(range) if not m.startswith("_")))
