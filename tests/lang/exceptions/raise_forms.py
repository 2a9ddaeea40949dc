# raise with classes, instances, callables and side effects.
def catch(f):
    try: f()
    except BaseException as e: return f"{type(e).__name__}: {e}"
    return "nothing"
def a(): raise ValueError
def b(): raise ValueError("x")
def c(): raise (ValueError)("y")
def d(): raise [ValueError, KeyError][1]("idx")
def e(): raise (lambda: ValueError("from call"))()
def f(): raise ValueError("a") from ValueError("b")
def g(): raise 1 / 0
def h(): raise undefined
def i(): raise type("Dyn", (Exception,), {})("dyn")
def j(): raise (ValueError, KeyError)
def k(): raise ValueError if 0 else KeyError("cond")
def l():
    class NotExc: pass
    raise NotExc
def m():
    class Weird(Exception):
        def __new__(cls): return 5
    raise Weird
def n(): raise ValueError from None
def o(): raise StopIteration
def p(): raise NotImplemented
def q(): raise NotImplementedError("todo")
def r(): raise ValueError() from "str"
def s(): assert isinstance(1, str), f"{1!r} is not str"
def t(): (yield_ for yield_ in ()).throw(KeyError("thrown"))
def u(): (x for x in [1]).throw(5)
def v(): (x for x in [1]).throw(ValueError, "msg")
def w(): (x for x in [1]).throw(ValueError, ValueError("inst"))
def x(): raise KeyError(KeyError("nested"))
def y(): raise ExceptionGroup("eg", [ValueError("in")])
for fn in (
    a,
    b,
    c,
    d,
    e,
    f,
    g,
    h,
    i,
    j,
    k,
    l,
    m,
): print(fn.__name__, catch(fn))
for fn in (
    n,
    o,
    p,
    q,
    r,
    s,
    t,
    u,
    v,
    w,
    x,
    y,
): print(fn.__name__, catch(fn))
err = ValueError("same")
for _ in range(3):
    try: raise err
    except ValueError as z: pass
n = 0
tb = err.__traceback__
while tb: n += 1; tb = tb.tb_next
print(n)
def outer():
    try: raise KeyError("k")
    except KeyError: helper()
def helper(): raise
print(catch(outer))
def later():
    saved = None
    try: raise KeyError("saved")
    except KeyError as exc: saved = exc
    raise saved
print(catch(later))
