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
