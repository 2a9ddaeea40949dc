# exits: 0, with reports on stderr
class A:
    def __del__(self): raise ValueError("in del")
a = A()
a = None
print("goes on")
class G:
    def gen(self):
        try: yield 1
        finally: raise KeyError("closing")
import sys
sys.unraisablehook = lambda u: print("hook", type(u.exc_value).__name__, u.exc_value, u.err_msg)
A()
g = G().gen(); next(g); del g
sys.unraisablehook = sys.__unraisablehook__
print("done")
