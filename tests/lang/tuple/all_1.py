# Tuples.
t = (1, "a", None)
print(t, (), (1,), 1, (1, 2)[0], t[-1], t[::-1], t[1:], t + (4,), t * 2, 2 * (0,), len(t), "a" in t, t.count(1), t.index("a"), tuple("ab"), tuple([1]), tuple(), tuple(range(3)), tuple(x for x in "xy"), ((1, 2), (3,)), (t,), t == (1, "a", None), t != t, (1, 2) < (1, 3), (1,) < (1, 0), () < (0,), hash((1, 2)) == hash((1, 2)), hash(()) == hash(()), {(1, 2): "k"}[1, 2], (1, 2) == [1, 2], ((1, 2) > (1,)), (1, "a") == (1.0, "a"))
for st in (
    "t[5]",
    "t['a']",
    "t[1.5]",
    "t[0] = 1",
    "del t[0]",
    "t.append(1)",
    "t + [1]",
    "t + 1",
    "t * 'a'",
    "t * 1.5",
    "t.index(99)",
    "t.index(1, 1)",
    "t.count()",
    "tuple(5)",
    "tuple(1, 2)",
    "tuple(x=1)",
):
    try: print(st, "=", eval(st))
    except SyntaxError:
        try: exec(st); print(st, "ok")
        except Exception as e: print(st, "->", type(e).__name__, e)
    except Exception as e: print(st, "->", type(e).__name__, e)
