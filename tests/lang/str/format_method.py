# str.format with every field form.
class P:
    x = 1
    def __init__(self): self.d = {"k": [10, 20]}
    def __getitem__(self, i): return f"item {i!r}"
    def __format__(self, s): return f"P<{s}>"
p = P()
print("{} {}".format(1, "a"), "{0} {1} {0}".format("x", "y"), "{a} {b}".format(a=1, b=2), "{0.x} {0[5]} {0[key]} {0[-1]}".format(p), "{p.d[k][1]}".format(p=p), "{:>5}|{:<5}|{:^5}".format(1, 2, 3), "{:{w}.{p}f}".format(3.14159, w=10, p=2), "{0:{1}}".format(5, ">4"), "{!r} {!s} {!a}".format("é", "é", "é"), "{:xyz}".format(p), "{{}} {{{}}}".format(1), "{0!r:>8}".format("a"), "{a[b]}".format(a={"b": 1}), "{:%}".format(0.5), "{:,}".format(1234567), "{:{}}".format("a", "<3"), "{0}{1}{0}".format(*"ab"), "{x}{y}".format(**{"x": 1, "y": 2}), "{:s}".format("q"), "{0[0][1]}".format([[1, 2]]), "{0.real}".format(5), "{:}".format(3), "{a.b}".format(a=type("A", (), {"b": 7})), "{!s:}".format(1), "{0:{fill}{align}{width}}".format("t", fill="*", align="^", width=7))
for f, a, k in (
    ("{}", (), {}),
    ("{1}", (1,), {}),
    ("{a}", (), {}),
    ("{0}{}", (1, 2), {}),
    ("{}{0}", (1, 2), {}),
    ("{", (), {}),
    ("}", (), {}),
    ("{0", (1,), {}),
    ("{0!}", (1,), {}),
    ("{0!x}", (1,), {}),
    ("{0!rr}", (1,), {}),
    ("{0:d}", ("a",), {}),
    ("{0[}", ([1],), {}),
    ("{0[]}", ([1],), {}),
    ("{0.}", (1,), {}),
    ("{0.a.}", (1,), {}),
    ("{0.nope}", (1,), {}),
    ("{0[5]}", ([1],), {}),
):
    try: print(f, repr(f.format(*a, **k)))
    except Exception as e: print(f, "->", type(e).__name__, e)
for f, a, k in (
    ("{0[a]}", ([1],), {}),
    ("{0[k]}", ({},), {}),
    ("{:{:{}}}", (1, 2, 3), {}),
    ("{!}", (1,), {}),
    ("{a b}", (), {"a b": "space"}),
    ("{0[a}", (1,), {}),
    ("{:{", (1,), {}),
    ("a}b", (), {}),
    ("{0x}", (1,), {}),
    ("{-1}", (1,), {}),
    ("{0[-1]}", ([1, 2],), {}),
    ("{99999999999999999999}", (1,), {}),
    ("{.x}", (p,), {}),
    ("{[0]}", ([7],), {}),
    ("{0.x[1]}", (p,), {}),
    ("{:c}", (65,), {}),
    ("{:5!r}", (1,), {}),
):
    try: print(f, repr(f.format(*a, **k)))
    except Exception as e: print(f, "->", type(e).__name__, e)
class D(dict):
    def __missing__(self, k): return f"<{k}>"
print("{a} {b}".format_map(D(a=1)), "{a[0]}".format_map({"a": [5]}), "{}".format_map if 0 else "")
for c in ("'{}'.format_map({})", "'{a}'.format_map(5)", "'{a}'.format_map()", "'{a}'.format_map({})", "format('a', 5)", "format()", "format(1, 'q')"):
    try: print(eval(c))
    except Exception as e: print(c, "->", type(e).__name__, e)
print([format("abc", s) for s in ("", "5", "<5", ">5", "^6", "*^7", ".2", "5.1", "s", "<5s", "中>5", "0>5", "05", "<05")])
for s in ("d", "=5", "+", ",", "#", "x", "5.", ".x", "-5", " ", "_", "z", "0=5"):
    try: print(s, repr(format("abc", s)))
    except ValueError as e: print(s, "->", e)
