# Star arguments in calls and displays.
def f(*a, **k): return a, k
class It:
    def __iter__(self): return iter([1, 2])
class Mp:
    def keys(self): return ["p", "q"]
    def __getitem__(self, k): return k.upper()
print(f(*It()), f(**Mp()), f(*It(), 3, *"ab", x=1, **{"y": 2}, **Mp()), f(*{}, **{}), f(*(i for i in range(2))), f(*{1: 2}), f(**{"class": 1, "a b": 2, "": 3}))
for st in (
    "f(*1)",
    "f(*None)",
    "f(**1)",
    "f(**[1])",
    "f(**{1: 2})",
    "f(**{'a': 1}, **{'a': 2})",
    "f(a=1, **{'a': 2})",
    "f(*It, 1)",
    "len(*[1, 2])",
    "len(**{'x': 1})",
    "f(**None)",
    "(lambda a: a)(*[1, 2])",
    "(lambda a: a)(**{'b': 1})",
    "(lambda a: a)(1, **{'a': 2})",
    "print(*5)",
    "dict(**{1: 2})",
):
    try: print(st, "=", eval(st))
    except Exception as e: print(st, "->", type(e).__name__, e)
for st in (
    "dict(a=1, **{'a': 2})",
    "max(*[])",
    "int(*['5'], **{'base': 6})",
    "'{}{}'.format(*'ab')",
    "str.join(*[',', 'ab'])",
    "[*1]",
    "(*None,)",
    "{*1}",
    "{**1}",
    "{**[1]}",
    "f(*[1], *2)",
    "f.nope(*[])",
    "sorted(*[[2, 1]], **{'reverse': True})",
    "type(*['X', (), {}]).__name__",
    "f(**{'a': 1}, b=2)",
    "f(b=1, *[2])",
):
    try: print(st, "=", eval(st))
    except Exception as e: print(st, "->", type(e).__name__, e)
class K(dict):
    def __getitem__(self, k): return "overridden"
    def keys(self): return ["other"]
print(f(**K(a=1)), {**K(a=1)}, dict(K(a=1)))
def order():
    log = []
    def v(x): log.append(x); return x
    f(v(1), *v([2]), v(3), k=v(4), **v({"m": 5}), n=v(6)); return log
print(order())
a = [1, 2]
print(f(*a)[0] is a, f(**(d := {"x": 1}))[1] is d, [*a] is a, (*a,), [*a, *a], {*a, *a}, [[*a], *a], *a, sep="|")
def posonly(a, b, /, c, *, d): return a, b, c, d
print(posonly(*[1, 2], **{"c": 3, "d": 4}), posonly(1, *(2, 3), d=4))
class Bad:
    def keys(self): raise ValueError("keys fail")
class Bad2:
    def keys(self): return [1]
    def __getitem__(self, k): return k
for b in (Bad(), Bad2()):
    try: f(**b)
    except Exception as e: print(type(e).__name__, e)
print({**Bad2()}, f(*"a" "b"), f(*[x for x in "cd"], *[]), f(*a, **{str(i): i for i in a}))
