# sys._getframe to look at callers.
import sys
def who(n=0): return sys._getframe(n + 1).f_code.co_name
def a(): return who(), who(1)
def b(): return a()
print(b(), who())
def loc():
    x, y = 1, "two"
    f = sys._getframe()
    return sorted((k, v) for k, v in f.f_locals.items() if k != "f"), f.f_lineno - f.f_code.co_firstlineno
print(loc())
def depth(n): return depth(n - 1) if n else len(stack())
def stack():
    f, out = sys._getframe(1), []
    while f: out.append(f.f_code.co_name); f = f.f_back
    return out
print(depth(5), stack(), [stack() for _ in "a"][0], (lambda: stack())())
class C:
    def m(self): return type(sys._getframe().f_locals["self"]).__name__
    body = sys._getframe().f_code.co_name
print(C().m(), C.body)
def gen(): yield sys._getframe().f_back.f_code.co_name
def user(): return next(gen())
print(user())
def caller_globals(): return sys._getframe(1).f_globals["__name__"]
print(caller_globals(), eval("caller_globals()", {"caller_globals": caller_globals, "__name__": "other"}))
for bad in (100, -1, "a", 1.5):
    try: print(sys._getframe(bad).f_code.co_name)
    except (ValueError, TypeError) as e: print(type(e).__name__, e)
f = sys._getframe(); print(f.f_back, f.f_code.co_name, f.f_globals is globals(), f.f_locals is locals(), f.f_builtins["len"] is len)
try: f.clear()
except RuntimeError as e: print(e)
try: f.f_lineno = "x"
except ValueError as e: print(e)
def mod():
    v = 1
    sys._getframe().f_locals["v"] = 2
    return v
print(mod())
