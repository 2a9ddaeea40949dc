# A module's code called as a function works on its globals; ** takes mappings whose keys may come twice.
import types

names = {"y": 5}
module_code = types.FunctionType(compile("x = y + 1\nprint(sorted(k for k in locals() if k != '__builtins__'))", "<m>", "exec"), names)
module_code()
print(names["x"])
print(types.FunctionType(compile("y * 2", "<m>", "eval"), names)())
class_code = next(c for c in compile("class A:\n    z = 1\n", "<m>", "exec").co_consts if isinstance(c, types.CodeType))
space = {"__name__": "space"}
types.FunctionType(class_code, space)()
print(space["z"], space["__qualname__"])


class Twice:
    def __init__(self, items):
        self.items = items

    def keys(self):
        return [k for k, v in self.items]

    def __getitem__(self, key):
        return dict(self.items)[key]


def f(*args, **kwargs):
    return args, kwargs


def told(call):
    try:
        print(call())
    except Exception as e:
        print(type(e).__name__, e)


told(lambda: f(**Twice([("x", 1), ("y", 2)])))
told(lambda: f(**Twice([("x", 1), ("x", 2)])))
told(lambda: f(x=3, **Twice([("x", 2)])))
told(lambda: f(**Twice([("a", 3)]), **Twice([("x", 1), ("x", 2)])))
told(lambda: f(**{1: 3}, **{1: 5}))
told(lambda: f(**{1: 3}, **{2: 5}))
told(lambda: f(**{1: 3}))
told(lambda: f(a=1, **3))
told(lambda: f(**[("a", 1)]))
told(lambda: f(**Twice([([], 1)])))


class Odd(complex):
    pass


class Gives:
    def __complex__(self):
        return Odd(1, 2)


import warnings

with warnings.catch_warnings(record=True) as seen:
    warnings.simplefilter("always")
    print(complex(Gives()), [str(w.message) for w in seen])
