# Tracing that begins in a called function: the callers whose f_trace is set report from then on; throw and await are told.
import sys

events = []
def tracer(frame, event, arg):
    if frame.f_code.co_filename == __file__:
        events.append((frame.f_code.co_name, event, frame.f_lineno - frame.f_code.co_firstlineno))
    return tracer

def start():
    frame = sys._getframe().f_back
    sys.settrace(tracer)
    frame.f_trace = tracer

def returns():
    start()
    a = 1
    return a

def raises():
    start()
    raise ValueError

def start_and_raise():
    start()
    frame = sys._getframe().f_back
    frame.f_trace = tracer
    raise KeyError

def catches():
    try:
        start_and_raise()
    except KeyError:
        pass

def show(f):
    events.clear()
    try:
        f()
    except ValueError:
        pass
    sys.settrace(None)
    for e in events:
        if e[0] not in ("show", "<module>", "start"):
            print(*e)
    print()

show(returns)
show(raises)
show(catches)

def gen():
    try:
        yield 1
    finally:
        pass
def closes():
    g = gen()
    next(g)
    g.close()
def ends():
    def inner():
        yield 1
        return 5
    for x in inner():
        pass
    x = yield from inner()
async def value():
    return 7
async def awaits():
    await value()
    return 1
def runs():
    list(ends())
    c = awaits()
    try:
        c.send(None)
    except StopIteration:
        pass
sys.settrace(tracer)
show(closes)
sys.settrace(tracer)
show(runs)
def genexp(values):
    return (x for x in values)
import types
code = [c for c in genexp.__code__.co_consts if isinstance(c, types.CodeType)][0]
try:
    list(types.FunctionType(code, {})(iter([1, 2])))
except TypeError as e:
    print(e)
