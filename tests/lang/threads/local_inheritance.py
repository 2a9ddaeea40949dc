# threading.local subclasses: __init__ runs in every thread with the arguments given once.
import threading
class L(threading.local):
    cls = "class"
    def __init__(self, *args, **kw): self.args = (args, kw); made.append(threading.current_thread() is threading.main_thread())
    @property
    def double(self): return self.x * 2
made = []
l = L(1, k=2); l.x = 5
def f(out): out.append(l.args); out.append(hasattr(l, "x")); l.x = 7; out.append(l.double); out.append(sorted(l.__dict__))
out = []; t = threading.Thread(target=f, args=(out,)); t.start(); t.join()
print(out, l.x, l.double, l.cls, made)
try: threading.local(1)
except TypeError as e: print(e)
try: del l.nothing
except AttributeError as e: print(e)
try: l.__dict__ = {}
except AttributeError as e: print(e)
class S(threading.local): __slots__ = ("s",)
s = S(); s.s = 1
t = threading.Thread(target=lambda: out.append(s.s)); t.start(); t.join(); print(out[-1])
