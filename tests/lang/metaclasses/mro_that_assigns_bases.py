"""mro() that assigns __bases__, which asks mro() again: it ends with a RecursionError, or as the last assignment says."""


class Endless(type):
    def mro(cls):
        cls.__bases__ = (object,)
        return [cls, object]


class Failing(type):
    fail = False
    def mro(cls):
        if Failing.fail and cls.__name__ in Failing.fail: raise KeyError(cls.__name__)
        return super().mro()


try:
    class E(metaclass=Endless): pass
except RecursionError as e:
    print("RecursionError")


class A: pass
class B(A): x = 1
class Top(metaclass=Failing): pass
class C(Top, A): pass
class D(C): pass
class F(D): pass


for names in ((), ("C",), ("D",), ("F",)):
    Failing.fail = names
    try: C.__bases__ = (Top, B)
    except KeyError as e: print("KeyError", e)
    Failing.fail = False
    for k in (C, D, F): print(k.__name__, [b.__name__ for b in k.__bases__], [b.__name__ for b in k.__mro__], hasattr(k(), "x"))
    C.__bases__ = (Top, A)
