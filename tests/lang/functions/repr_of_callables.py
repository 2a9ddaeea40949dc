# How callables show themselves.
def f(): pass
class A:
    def m(self): pass
    @classmethod
    def c(cls): pass
    @staticmethod
    def s(): pass
    class B:
        def n(self): pass
def outer():
    def inner(): pass
    return inner
import re
def short(o): return repr(o).split(" at 0x")[0]
print(short(f), short(A.m), short(A().m), short(A.c), short(A.s), short(A.B.n), short(outer()), short(lambda: 0), short(len), short([].append), short(int.__add__), short((1).__add__), short(A.B().n), short(f.__get__), short(outer().__call__), short(str.join), short(print), short(dict.fromkeys), short(object().__str__), short(type.__call__), short(A.__init__), short(A().__init__), short(f.__code__), sep="\n")
print(A.m.__qualname__, A.B.n.__qualname__, outer().__qualname__, (lambda: 0).__qualname__, A.B.__qualname__, A().m.__qualname__, f.__module__, len.__module__, [].append.__qualname__)
