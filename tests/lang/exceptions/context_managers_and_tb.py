# Tracebacks through context managers and generators.
import sys
def names(tb):
    out = []
    while tb: out.append(tb.tb_frame.f_code.co_name); tb = tb.tb_next
    return out
class CM:
    def __enter__(self): return self
    def __exit__(self, t, v, tb): print("exit sees", names(tb)); return False
def inner(): raise ValueError("x")
def body():
    with CM(): inner()
try: body()
except ValueError as e: print(names(e.__traceback__))
def gen():
    yield 1
    inner()
def use():
    for x in gen(): pass
try: use()
except ValueError as e: print(names(e.__traceback__))
def deleg(): yield from gen()
try: list(deleg())
except ValueError as e: print(names(e.__traceback__))
def reraise():
    try: inner()
    except ValueError: raise
try: reraise()
except ValueError as e: print(names(e.__traceback__))
def raise_saved():
    try: inner()
    except ValueError as e: saved = e
    raise saved
try: raise_saved()
except ValueError as e: print(names(e.__traceback__))
def fin():
    try: inner()
    finally: pass
try: fin()
except ValueError as e: print(names(e.__traceback__), e.__traceback__.tb_lineno > 0)
g = gen(); next(g)
try: g.throw(KeyError("thrown"))
except KeyError as e: print(names(e.__traceback__))
try: (lambda: inner())()
except ValueError as e: print(names(e.__traceback__))
try: [inner() for _ in "a"]
except ValueError as e: print(names(e.__traceback__))
try: sorted([1, 2], key=lambda x: inner())
except ValueError as e: print(names(e.__traceback__))
