# Native special methods put into a class under other special names: each is called as what it is, with its own checks.
NATIVE = ("__pow__", "__setattr__", "__getattribute__", "__round__", "__add__", "__format__", "__repr__", "__eq__",
          "__hash__", "__bool__", "__int__", "__neg__", "__divmod__", "__delattr__", "__init__", "__new__")
UNDER = ("__getattribute__", "__hash__", "__repr__", "__str__", "__bool__", "__add__", "__pow__", "__len__", "__iter__",
         "__next__", "__call__", "__setattr__", "__delattr__", "__getitem__", "__contains__", "__index__", "__eq__", "__neg__")
OPERATIONS = {
    "__getattribute__": lambda x: x.bar, "__hash__": hash, "__repr__": repr, "__str__": str, "__bool__": bool,
    "__add__": lambda x: x + 1, "__pow__": lambda x: x ** 2, "__len__": len, "__iter__": iter, "__next__": next,
    "__call__": lambda x: x(1), "__setattr__": lambda x: setattr(x, "q", 1), "__delattr__": lambda x: delattr(x, "q"),
    "__getitem__": lambda x: x[0], "__contains__": lambda x: 3 in x, "__index__": lambda x: "abc"[x],
    "__eq__": lambda x: x == 14, "__neg__": lambda x: -x,
}
for native in NATIVE:
    for under in UNDER:
        class K(float):
            pass
        x = K(14)
        setattr(K, under, getattr(float, native))
        try:
            print(native, under, OPERATIONS[under](x))
        except Exception as e:
            print(native, under, type(e).__name__, e)


class Module:
    __getattribute__ = type(__builtins__).__getattribute__ if not isinstance(__builtins__, dict) else type.__getattribute__


class Typed:
    __getattribute__ = type.__getattribute__


for o in (Module(), Typed()):
    try:
        o.anything
    except TypeError as e:
        print(type(e).__name__, "requires" in str(e))
