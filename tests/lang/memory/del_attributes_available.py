# What an object can still do in its __del__.
import sys
class A:
    cls = "class attr"
    def __init__(self): self.x = [1]; self.me = "inst"
    def helper(self): return "helper"
    def __del__(self): print(self.x, self.me, self.cls, self.helper(), type(self).__name__, sys.getrefcount(self), isinstance(self, A), vars(self))
A()
class Base:
    def __del__(self): print("base del")
class Derived(Base):
    def __del__(self): print("derived del"); super().__del__()
Derived()
class NoDel(Base): pass
NoDel()
class Late: pass
l = Late(); Late.__del__ = lambda self: print("added later"); del l
k = Late(); k.__del__ = lambda: print("instance attribute is not used"); del k
class P:
    def __new__(cls): o = super().__new__(cls); print("new"); return o
    def __init__(self): raise ValueError("init fails")
    def __del__(self): print("del after failed init")
try: P()
except ValueError as e: print(e)
class Q:
    def __del__(self): print("explicit call")
q = Q(); q.__del__(); print("still alive"); del q
