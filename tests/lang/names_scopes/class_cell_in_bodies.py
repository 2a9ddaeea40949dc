"""__class__ in class bodies: the enclosing method's, its own cell for methods, global, nonlocal, and none at all."""
class Outer:
    def method(self):
        class X:
            x = __class__
            def f(self): return __class__
        class Y:
            y = [0]
            def f(self): return super().__repr__
        class Z:
            def z(): return __class__
            try: z()
            except NameError as e: print(e)
        class G:
            global __class__
            __class__ = 42
            def f(): __class__
        first = X.x is Outer, X().f() is X, Y.y, Z.z() is Z, Y().f() is not None, "__class__" in G.__dict__
        return first
    def other(self):
        class N:
            nonlocal __class__
            __class__ = 41
            def f(): __class__
        return __class__, "__class__" in N.__dict__
    def deep(self):
        class A:
            a = __class__
            class B:
                try: __class__
                except NameError as e: b = e
                def f(self): return __class__
            def f(self): return __class__
        print(A.B.b)
        return A.a, A.B().f(), A().f()
o = Outer()
print(o.method(), globals().pop("__class__"))
print([v.__qualname__ for v in o.deep()])
print(o.other())
for source in ("class X:\n  __class__\n  def f(): __class__", "class X:\n  __class__", "class X:\n  def f(self): return __class__\n  x = f(1)",
               "class X:\n  del __class__\n  def f(): __class__", "class X:\n  __class__ += 1\n  def f(): __class__", "def f():\n  __class__\nf()",
               "class X:\n  x = [__class__ for i in (1,)]", "class X:\n  x = (lambda: __class__)()", "class X:\n  class Y:\n    __class__\n  def f(): super"):
    try:
        exec(source, {}, {})
        print("good")
    except NameError as e:
        print(type(e).__name__, e)
exec("class X:\n  __class__\n  def f(): return __class__\nr = X.f()", {"__class__": 5}, ns := {})
print(ns["r"] is ns["X"])
exec("class X:\n  a = __class__\n  __class__ = 6\n  b = __class__\n  def f(): return __class__\nr = X.f()", {"__class__": 5}, ns := {})
print(ns["r"] is ns["X"], ns["X"].a, ns["X"].b)
