# __cause__, __context__, __suppress_context__, from None.
def show(e, depth=0):
    print("  " * depth + repr(e), "cause:", repr(e.__cause__), "context:", repr(e.__context__), "suppress:", e.__suppress_context__)
def catch(f):
    try: f()
    except BaseException as e: return e
def a():
    try: 1 / 0
    except ZeroDivisionError: raise ValueError("while handling")
def b():
    try: 1 / 0
    except ZeroDivisionError as z: raise ValueError("from") from z
def c():
    try: 1 / 0
    except ZeroDivisionError: raise ValueError("hidden") from None
def d():
    raise ValueError("class cause") from KeyError
def e():
    try:
        try: raise KeyError(1)
        finally: raise ValueError("in finally")
    except ValueError: raise TypeError("third")
def f():
    try: raise KeyError("first")
    except KeyError:
        try: raise ValueError("second")
        except ValueError: pass
        raise IndexError("third")
def g():
    raise ValueError("x") from 5
def h():
    err = ValueError("self")
    raise err from err
def i():
    class Boom(Exception):
        def __init__(self): raise RuntimeError("cannot make")
    raise Boom
for fn in (a, b, c, d, e, f, g, h, i): show(catch(fn))
x = catch(e); show(x.__context__, 1); show(x.__context__.__context__, 2)
x = ValueError(); x.__cause__ = KeyError("set"); print(x.__suppress_context__, repr(x.__cause__))
x.__cause__ = None; x.__context__ = None
for stmt in ("x.__cause__ = 5", "x.__context__ = 'a'", "del x.__cause__", "x.args = 5", "x.__traceback__ = 1", "x.with_traceback(5)", "x.__suppress_context__ = 2"):
    try: exec(stmt)
    except (TypeError, AttributeError) as err: print(stmt, "->", type(err).__name__, err)
def cyc():
    try:
        try: raise KeyError("one")
        except KeyError as one:
            try: raise ValueError("two")
            except ValueError as two: raise one
    except KeyError as k: return k
k = cyc(); print(repr(k), repr(k.__context__), repr(k.__context__.__context__))
def gen():
    try: yield 1
    except ValueError: raise KeyError("in gen")
it = gen(); next(it)
try: it.throw(ValueError("thrown"))
except KeyError as err: show(err)
x.args = [1, 2]; print(x.args, x)
def in_else():
    try: pass
    except: pass
    else: raise ValueError("else")
show(catch(in_else))
class Ctx:
    def __enter__(self): return self
    def __exit__(self, t, v, tb): raise TypeError("in exit")
def w():
    with Ctx(): raise ValueError("body")
show(catch(w))
