# An exception kept in its own frame makes a cycle.
import gc, weakref
gc.collect(); gc.disable()
class M: pass
def f():
    m = M(); r = weakref.ref(m)
    try: raise ValueError
    except ValueError as e: keep = e
    return r
r = f(); print(r() is not None); gc.collect(); print(r())
def g():
    m = M(); r = weakref.ref(m)
    try: raise ValueError
    except ValueError as e: pass
    return r
print(g()())
def h():
    m = M(); r = weakref.ref(m)
    try: raise ValueError(m)
    except ValueError as e: e.__traceback__ = None; keep = e
    return r
print(h()())
def k():
    m = M(); r = weakref.ref(m)
    try:
        try: raise KeyError
        finally: x = m
    except KeyError: pass
    return r
print(k()())
def n():
    import sys
    m = M(); r = weakref.ref(m)
    try: raise ValueError
    except ValueError: t, v, tb = sys.exc_info()
    del t, v, tb
    return r
print(n()())
def p():
    m = M(); r = weakref.ref(m)
    try: raise ExceptionGroup("g", [ValueError(m)])
    except* ValueError as eg: pass
    return r
p_ = p(); gc.collect(); print(p_()); gc.enable()
