# Name mangling.
class A:
    __x = 1
    __y__ = 2
    _z = 3
    def __init__(self): self.__own = 4; self.____ = 5
    def get(self): return self.__x, self.__own
    def __m(self): return "private"
    def call(self): return self.__m()
    def local(self):
        __v = 7
        return sorted(locals())
    def kw(self, *, __k=1): return __k
    def glob(self): global __g; __g = 5
    def imp(self):
        import math as __math
        return sorted(n for n in locals() if n != "self")
    def attr_of_other(self, o): o.__foreign = 1; return vars(o)
    def string(self): return getattr(self, "__x", "strings are not mangled")
    class __Inner: __q = 1
    def inner(self): return self.__Inner.__name__, [n for n in vars(self.__Inner) if "q" in n]
    def nested(self):
        def f(__p): return __p, sorted(locals())
        return f(3)
    def comp(self): return [__i for __i in range(2)]
    def exc(self):
        try: raise ValueError
        except ValueError as __e: return [n for n in locals() if "e" in n and n != "self"]
class B(A):
    __x = 100
    def getb(self): return self.__x
a = A()
print(sorted(n for n in dir(a) if "_A" in n), a.get(), a.call(), a.local(), a._A__x, a.__y__, vars(a))
a.glob(); print(_A__g)
print(a.kw(_A__k=3), a.imp(), a.string(), a.inner(), a.nested(), a.comp(), a.exc())
class O: pass
print(a.attr_of_other(O()))
print(B().get(), B().getb(), B._B__x)
try:
    a.__x
except AttributeError as e:
    print(e)
class _Lead:
    __v = 1
class __Two:
    __v = 1
class ___:
    __v = 1
print([n for n in vars(_Lead) if "v" in n], [n for n in vars(__Two) if n.endswith("_v")], [n for n in vars(___) if n.endswith("_v")])
