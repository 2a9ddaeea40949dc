# __del__ through the MRO.
class A:
    def __del__(self): print("A.del")
class B(A):
    def __del__(self): print("B.del"); super().__del__()
class C(A): pass
class D(B, C):
    def __del__(self): print("D.del"); super().__del__()
D(); C(); B()
class E(D):
    __del__ = None
import sys
sys.unraisablehook = lambda u: print("ignored", type(u.exc_value).__name__)
E()
class F(A):
    def __del__(self): raise RuntimeError
import sys
sys.unraisablehook = lambda u: print("ignored", type(u.exc_value).__name__)
F()
class G:
    def __del__(self): del self.x; print("deleted own attribute")
g = G(); g.x = A(); del g
class H(list):
    def __del__(self): print("H", len(self))
H([1, 2]); h = H(); h.append(h); h.clear(); del h; print("end")
