# Referrers of what functions keep: attributes by their dict, defaults by themselves.
import gc
class O: pass
o = O()
def f(): pass
f.a = o
print([type(x).__name__ for x in gc.get_referrers(o) if x is not globals()])
def g(x=o): pass
g.b = (3, [])
print([type(x).__name__ for x in gc.get_referrers(g.b) if x is not globals()])
print([type(x).__name__ for x in gc.get_referrers(g.__defaults__) if x is not globals()])
