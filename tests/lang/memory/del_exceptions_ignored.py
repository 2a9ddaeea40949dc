# An exception in __del__ is reported and ignored.
import sys
sys.unraisablehook = lambda u: print("unraisable:", type(u.exc_value).__name__, u.exc_value, getattr(u.object, "__qualname__", u.object), u.err_msg)
class A:
    def __del__(self): raise ValueError("in del")
A()
print("goes on")
a = A(); del a
try: A(); print("not raised here")
except ValueError: print("never")
class B:
    def __del__(self): self.missing
B()
class C:
    def __del__(self): raise SystemExit(3)
C()
class D:
    __del__ = 5
D()
class E:
    def __del__(self, extra): pass
E()
print([A() for _ in range(2)] and "list")
print("end")
