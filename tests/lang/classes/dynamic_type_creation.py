# type() with three arguments, and class mutation.
A = type("A", (), {"x": 1, "m": lambda self: self.x})
B = type("B", (A,), dict(y=2, __init__=lambda self, v: setattr(self, "v", v)))
print(A().m(), B(5).v, B.__mro__[1] is A, A.__name__, A.__module__, A.__qualname__, type(A) is type)
class C(metaclass=type): pass
C.late = lambda self: "late"
print(C().late(), "late" in C.__dict__)
C.__name__ = "Renamed"; C.__qualname__ = "Q.Renamed"; C.__doc__ = "new doc"
print(C, C.__name__, C.__doc__)
c = C()
class D:
    def hello(self): return "D hello"
c.__class__ = D
print(c.hello(), type(c).__name__)
for bad in (int, 5, list):
    try:
        c.__class__ = bad
    except TypeError as e:
        print(e)
class P1:
    def f(self): return "P1"
class P2:
    def f(self): return "P2"
class Q(P1): pass
q = Q()
print(q.f()); Q.__bases__ = (P2,); print(q.f(), Q.__mro__)
for call in ("type()", "type(1, 2)", "type('X', 5, {})", "type('X', (), 5)", "type(5, (), {})", "type('X', (5,), {})", "type('a\\0b', (), {})", "type('X', (), {}, 1)", "type('X', (), {}, k=1)", "type.__new__(type, 'Z', (), {})"):
    try:
        print(call, "=", eval(call))
    except (TypeError, ValueError) as e:
        print(call, "->", type(e).__name__, e)
for stmt in ("Q.__bases__ = ()", "Q.__bases__ = 5", "Q.__bases__ = (Q,)", "int.__bases__ = (object,)", "Q.__name__ = 5", "del Q.__name__", "int.x = 1", "Q.__bases__ = (int,)", "D.__mro__ = ()", "del D.__bases__", "Q.__qualname__ = 1"):
    try:
        exec(stmt)
    except (TypeError, AttributeError) as e:
        print(stmt, "->", type(e).__name__, e)
def class_factory(n):
    class Made:
        num = n
        def get(self): return n, self.num
    return Made
M1, M2 = class_factory(1), class_factory(2)
print(M1 is M2, M1().get(), M2().get(), M1, M1.__qualname__)
print(type("E", (Exception,), {})("msg"), repr(type("E", (Exception,), {})("msg")), type(type).__name__, type.__mro__)
