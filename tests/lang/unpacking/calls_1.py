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
