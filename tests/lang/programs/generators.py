"""Generators, coroutines by hand, contextlib, itertools recipes, exception groups with notes."""
import contextlib, itertools, operator, functools, collections, inspect, sys, traceback, warnings, io
import math, random
from itertools import *
from contextlib import (contextmanager, ExitStack, closing, suppress, redirect_stdout, nullcontext, ContextDecorator,
                        AbstractContextManager, chdir)


def averager():
    total, n, avg = 0.0, 0, None
    while True:
        try:
            x = yield avg
        except ZeroDivisionError as e:
            print("thrown", e)
            continue
        except GeneratorExit:
            print("closing")
            raise
        if x is None:
            return (n, avg)
        total += x; n += 1; avg = total / n


def delegate(out):
    out.append((yield from averager()))
    return "done"


g = averager(); next(g); print(g.send(10), g.send(20), g.throw(ZeroDivisionError("z")),
    inspect.getgeneratorstate(g), g.gi_frame.f_lineno > 0)
g.close(); print(inspect.getgeneratorstate(g), g.gi_frame, g.close())
out = []; d = delegate(out); next(d); d.send(5); print(d.gi_yieldfrom.__name__)
try: d.send(None)
except StopIteration as e: print("result", e.value, out)
def bad():
    yield 1
    raise StopIteration("inside")
try: list(bad())
except RuntimeError as e: print(e, repr(e.__cause__))
g = (x for x in "ab"); print(list(g), list(g), next(g, "end"))
try: averager().send(1)
except TypeError as e: print(e)
def reenter():
    yield next(me)
me = reenter()
try: next(me)
except ValueError as e: print(e)
def ignoring():
    while True:
        try: yield 1
        except GeneratorExit: pass
i = ignoring(); next(i)
try: i.close()
except RuntimeError as e: print(e)
@contextmanager
def tag(name, swallow=()):
    print(f"<{name}>")
    try: yield name
    except swallow as e: print("swallowed", repr(e))
    finally: print(f"</{name}>")
with tag("a") as a, tag("b", (KeyError,)): print(a); {}["x"]
try:
    with tag("c"): raise ValueError("through")
except ValueError as e: print("out", e, len(traceback.extract_tb(e.__traceback__)))
@tag("deco")
def decorated(x): print("in", x); return x
print(decorated(3))
@contextmanager
def no_yield():
    if False: yield
try:
    with no_yield(): pass
except RuntimeError as e: print(e)
@contextmanager
def two(): yield 1; yield 2
try:
    with two(): pass
except RuntimeError as e: print(e)
with ExitStack() as st:
    names = [st.enter_context(tag(f"s{i}")) for i in range(2)]
    st.callback(print, "callback", sep="-"); st.push(lambda *exc: print("exit", exc[0]) or True)
    raise OSError("stacked")
saved = ExitStack(); saved.callback(print, "later"); moved = saved.pop_all(); saved.close(); moved.close()
class Res:
    def close(self): print("closed")
with closing(Res()) as r, suppress(ZeroDivisionError), redirect_stdout(io.StringIO()) as buf: print(
    "hidden"); 1 / 0
print(repr(buf.getvalue()), nullcontext(5).__enter__())
class Both(ContextDecorator):
    def __enter__(self): print("enter"); return self
    def __exit__(self, *e): print("exit", e[0]); return True
@Both()
def boom(): raise KeyError(1)
print(boom())
class NoExit:
    def __enter__(self): pass
for w in (NoExit(), 5):
    try:
        with w: pass
    except TypeError as e: print(e)
def take(n, it): return list(islice(it, n))
def sliding(it, n):
    it = iter(it); w = collections.deque(islice(it, n - 1), maxlen=n)
    for x in it: w.append(x); yield tuple(w)
def roundrobin(*its):
    nexts = cycle(iter(i).__next__ for i in its); k = len(its)
    while k:
        try:
            for n in nexts: yield n()
        except StopIteration: k -= 1; nexts = cycle(islice(nexts, k))
def powerset(s): return chain.from_iterable(combinations(s, r) for r in range(len(s) + 1))
def sieve(n):
    data = bytearray((0, 1)) * (n // 2); data[:3] = 0, 0, 0
    for p in takewhile(lambda p: p * p < n, compress(range(n),
        data)): data[p * p:n:p + p] = bytes(len(range(p * p, n, p + p)))
    data[2] = 1
    return compress(range(n), data)
def partition(pred, it): a, b = tee(it); return list(filterfalse(pred, a)), list(filter(pred, b))
def batched(it, n):
    it = iter(it)
    while b := tuple(islice(it, n)): yield b
print(take(3, count(5, 2)), list(sliding(range(5), 3)), "".join(roundrobin("ABC", "D", "EF")),
    list(powerset([1, 2, 3])), list(sieve(50)), partition(lambda x: x % 2, range(6)),
        list(batched("abcdefg", 3)))
print(functools.reduce(operator.or_, [{1}, {2}]), list(accumulate([1, 5, 2], max)), [(k,
    sum(1 for _ in g)) for k, g in groupby("aaabbc")], list(starmap(operator.mul, [(2, 3), (4, 5)])),
        list(zip_longest("ab", "c", fillvalue="-")), list(pairwise("abcd")), sum(map(operator.mul, [1, 2],
            [3, 4])), dict(enumerate("ab", 1)), max(enumerate([3, 9, 2]), key=operator.itemgetter(1)))
e = ValueError("base"); e.add_note("note one"); e.add_note("note two")
print("".join(traceback.format_exception_only(e)), e.__notes__)
def grouped(): raise ExceptionGroup("eg", [ValueError(1), ExceptionGroup("inner", [TypeError("t"),
    OSError(2, "nope")]), KeyError("k")])
try:
    try: grouped()
    except* (TypeError, KeyError) as eg: print("first", eg.exceptions, eg.message)
    except* OSError as eg: print("os", eg); raise RuntimeError("new") from eg
except ExceptionGroup as eg: print(repr(eg), [type(x).__name__ for x in eg.exceptions],
    eg.split(ValueError), eg.subgroup(lambda x: isinstance(x, RuntimeError)), repr(eg.__context__)[:40])
try: grouped()
except ExceptionGroup as eg: traceback.print_exception(eg, file=sys.stdout); print(eg.derive([ValueError()]))
for f in (lambda: ExceptionGroup("x", []), lambda: ExceptionGroup("x", [1]), lambda: ExceptionGroup("x",
    [KeyboardInterrupt()]), lambda: e.add_note(5), lambda: ExceptionGroup(1, [e]),
        lambda: ExceptionGroup("a")):
    try: f()
    except Exception as x: print(type(x).__name__, x)
def chain_():
    try:
        try: 1 / 0
        except ZeroDivisionError as z: raise KeyError("k") from z
    except KeyError: raise IndexError("i")
try: chain_()
except IndexError as x: traceback.print_exc(file=sys.stdout); print(repr(x.__context__),
    repr(x.__context__.__cause__), x.__suppress_context__)
try:
    try: raise A
    finally: print("finally")
except NameError as n: print(n, n.name)
def f():
    for i in range(3):
        try:
            if i == 1: continue
            if i == 2: return i
        finally:
            print("fin", i)
print(f())
def g():
    try: return "try"
    finally: return "finally"
print(g())
