# weakref.finalize.
import weakref, gc
class A: pass
def bye(*a, **k): print("bye", a, k)
a = A(); f = weakref.finalize(a, bye, 1, x=2); print(f.alive, f.atexit, f.peek()[2:], bool(f.peek()[0] is a)); del a; print(f.alive, f.peek(), f(), f.detach())
a = A(); f = weakref.finalize(a, bye, "by hand"); f(); print(f.alive, f()); del a
a = A(); f = weakref.finalize(a, bye, "detached"); print(f.detach()[2]); del a
a = A(); fs = [weakref.finalize(a, bye, i) for i in range(3)]; del a
a = A(); a.me = a; f = weakref.finalize(a, bye, "cycle"); del a; print(f.alive); gc.collect(); print(f.alive)
def boom(): raise ValueError("in finalizer")
import sys; sys.unraisablehook = lambda u: print("ignored", u.exc_value)
a = A(); weakref.finalize(a, boom); del a
for bad in (lambda: weakref.finalize(5, print), lambda: weakref.finalize(), lambda: weakref.finalize(A()), lambda: weakref.finalize(A(), 5)()):
    try: print(bad())
    except TypeError as e: print(type(e).__name__)
x, y, z = A(), A(), A(); weakref.finalize(x, print, "exit x"); weakref.finalize(y, print, "exit y"); weakref.finalize(z, print, "never").atexit = False; print("last line")
