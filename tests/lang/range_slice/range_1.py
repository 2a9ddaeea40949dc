# range objects.
for r in (range(5), range(2, 8), range(0, 10, 3), range(10, 0, -3), range(0), range(5, 5), range(5, 0), range(0, 1, 5), range(-3, 3), range(10**20, 10**20 + 3), range(0, -10, -4)):
    print(r, list(r), len(r), r.start, r.stop, r.step, bool(r), list(reversed(r)), r[0:2], r[::-1], r[1:], r[-2:], 2 in r, 2.0 in r, "a" in r, r.count(2), hash(r) == hash(r[:]))
r = range(0, 100, 7)
print(r[3], r[-1], r[2:5], r[2:5][1], r[::2], r[10:2:-3], r.index(21), r == range(0, 99, 7), range(0) == range(5, 5), range(1, 2) == range(1, 3), range(0, 3, 2) == range(0, 4, 2), r != 5, hash(range(0)) == hash(range(3, 3)), {range(3): 1}[range(0, 3)], list(r[5:3]), r[100:], max(r), min(r), sum(r))
for st in (
    "r[100]",
    "r[-100]",
    "r['a']",
    "r[1.0]",
    "r.index(5)",
    "r.index('a')",
    "range()",
    "range('a')",
    "range(1.0)",
    "range(1, 2, 0)",
    "range(1, 2, 3, 4)",
    "range(None)",
    "r[0] = 1",
    "r.start = 5",
    "r + r",
    "r * 2",
    "r < r",
    "range(x=1)",
    "del r[0]",
):
    try: print(st, "=", eval(st))
    except SyntaxError:
        try: exec(st)
        except Exception as e: print(st, "->", type(e).__name__, e)
    except Exception as e: print(st, "->", type(e).__name__, e)
