# Every way to pass and every way to get it wrong.
def pos(a, b, /): return a, b
def both(a, b=2, *args, c, d=4, **kw): return a, b, args, c, d, kw
def kwonly(*, x, y=1): return x, y
def default(a, b=[]): b.append(a); return b
print(pos(1, 2), both(1, c=3), both(1, 2, 3, 4, c=5, e=6), kwonly(x=1), kwonly(y=2, x=0))
print(default(1), default(2), default(3, []))
print(both(*[1, 2, 3], **{"c": 1, "z": 2}), both(*"ab", c=0, *"c"))
calls = [
    "pos(1)",
    "pos()",
    "pos(1, 2, 3)",
    "pos(a=1, b=2)",
    "pos(1, b=2)",
    "both()",
    "both(1)",
    "both(1, a=2, c=3)",
    "kwonly()",
    "kwonly(1)",
    "kwonly(1, 2, x=1)",
    "kwonly(x=1, z=2)",
    "default()",
    "default(1, 2, 3)",
    "default(1, b=[], c=2)",
    "default(1, a=2)",
    "(lambda: 0)(1)",
    "(lambda a: 0)()",
]
for call in calls:
    try:
        print(call, "=", eval(call))
    except TypeError as e:
        print(call, "->", e)
calls = [
    "(lambda a, b, c: 0)()",
    "(lambda a, b: 0)()",
    "(lambda *, a, b, c: 0)()",
    "(lambda *, a, b: 0)()",
    "(lambda a, b=1: 0)(1, 2, 3)",
    "(lambda a, *, k: 0)(1, 2, 3, k=1)",
    "(lambda a, *, k=1: 0)(1, 2)",
    "both(1, c=1, **{'c': 2})",
    "pos(**{'x': 1})",
    "f0(1)",
    "f0(a=1)",
    "5()",
    "'s'(1)",
    "None()",
    "(lambda a, /, b: 0)(1, 2, a=3)",
    "(lambda a, b, /, **k: k)(1, 2, a=3)",
    "(lambda a, b, /: 0)(a=1, b=2, c=3)",
]
def f0(): return 0
for call in calls:
    try:
        print(call, "=", eval(call))
    except TypeError as e:
        print(call, "->", e)
class C:
    def m(self, a): return a
    @classmethod
    def c(cls, a): return a
    @staticmethod
    def s(a): return a
for call in ("C().m()", "C().m(1, 2)", "C.m()", "C.m(1)", "C().c()", "C.c(1, 2)", "C.s()", "C().s(1, 2)", "C(1)", "C().m(b=1)"):
    try:
        print(call, "=", eval(call))
    except TypeError as e:
        print(call, "->", e)
