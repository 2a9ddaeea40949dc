# next, send, throw, close, return values.
def g():
    x = yield 1
    print("got", x)
    try:
        y = yield 2
        print("got", y)
    except ValueError as e:
        print("caught", e)
        yield "handled"
    finally:
        print("finally")
    return "result"
it = g(); print(next(it), it.send("a"), end=" "); 
try: it.send("b")
except StopIteration as e: print(e.value)
it = g(); next(it); next(it); print(it.throw(ValueError("v")))
try: next(it)
except StopIteration as e: print(repr(e.value))
try: next(it)
except StopIteration as e: print(e.value)
it = g(); next(it); next(it); it.close(); it.close()
try: next(it)
except StopIteration: print("exhausted")
it = g()
try: it.send(5)
except TypeError as e: print(e)
print(it.send(None))
it = g(); it.close(); print(list(it))
it = g()
try: it.throw(KeyError("early"))
except KeyError as e: print(repr(e))
print(next(it, "dead"))
def ignore():
    try: yield 1
    except GeneratorExit: yield 2
it = ignore(); next(it)
try: it.close()
except RuntimeError as e: print(e)
def close_return():
    try: yield 1
    except GeneratorExit: return 5
it = close_return(); next(it); print(it.close())
def reent():
    yield next(me)
me = reent()
try: next(me)
except ValueError as e: print(e)
def stop(): yield 1; raise StopIteration(7)
it = stop(); next(it)
try: next(it)
except RuntimeError as e: print(e, repr(e.__cause__))
print(type(g()).__name__, g().gi_frame is not None, g().gi_running, g().gi_yieldfrom, g().__name__, g.__code__.co_flags & 0x20)
it = g(); it.__name__ = "renamed"; print(repr(it).split(" at ")[0], iter(it) is it)
for bad in ("it.throw()", "it.throw(5)", "it.throw(int)", "it.send()", "it.throw(ValueError('a'), 'b')", "it.__name__ = 5", "it.close(1)"):
    try: exec(bad)
    except (TypeError, ValueError) as e: print(bad, "->", type(e).__name__, e)
    it = g()
