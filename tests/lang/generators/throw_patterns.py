# Exceptions thrown into generators at every point.
def g():
    while True:
        try: yield "ready"
        except ValueError as e: print("V", e)
        except KeyError: yield "key handled"
        finally: print("f", end=" ")
it = g(); next(it); print(it.throw(ValueError("a")), it.throw(ValueError, "b"), it.throw(ValueError), it.throw(KeyError("k")), next(it))
try: it.throw(TypeError("out"))
except TypeError as e: print(e)
print(list(it))
def before(): print("never"); yield
b = before()
try: b.throw(ValueError("before start"))
except ValueError as e: print(e)
def after(): yield 1
a = after(); list(a)
try: a.throw(ValueError("after end"))
except ValueError as e: print(e)
def ret():
    try: yield
    except ValueError: return "returned"
r = ret(); next(r)
try: r.throw(ValueError)
except StopIteration as e: print(e.value)
def inner():
    try: yield "inner"
    except ValueError: yield "inner handled"
def outer():
    try: yield from inner()
    except KeyError: yield "outer handled"
o = outer(); next(o); print(o.throw(ValueError)); print(o.throw(KeyError))
def chain():
    try: yield
    except ValueError as e: raise KeyError("new") from e
c = chain(); next(c)
try: c.throw(ValueError("cause"))
except KeyError as e: print(repr(e.__cause__))
def stop():
    try: yield
    except StopIteration: yield "StopIteration caught"
s = stop(); next(s); print(s.throw(StopIteration))
def stop2(): yield
s = stop2(); next(s)
try: s.throw(StopIteration)
except RuntimeError as e: print(e)
def ge():
    try: yield 1
    except GeneratorExit: print("exit caught"); raise
x = ge(); next(x)
try: x.throw(GeneratorExit)
except GeneratorExit: print("out")
