# settrace and setprofile events.
import sys
events = []
def tracer(frame, event, arg):
    if frame.f_code.co_filename != __file__ or frame.f_code.co_name in ("<module>", "tracer"): return None
    events.append((event, frame.f_code.co_name, frame.f_lineno - frame.f_code.co_firstlineno, arg if event in ("return",) else (arg[0].__name__ if event == "exception" else None)))
    return tracer
def f(n):
    total = 0
    for i in range(n):
        total += i
    return total
def g():
    try:
        raise ValueError
    except ValueError:
        pass
    return f(1)
def gen():
    yield 1
    yield 2
sys.settrace(tracer); f(2); g(); list(gen()); sys.settrace(None)
for e in events: print(e)
prof = []
def profiler(frame, event, arg):
    if frame.f_code.co_filename == __file__ and frame.f_code.co_name != "<module>": prof.append((event, frame.f_code.co_name, getattr(arg, "__name__", None) if event.startswith("c_") else None))
sys.setprofile(profiler); f(1); (lambda: len("a"))(); sys.setprofile(None)
print(prof); print(sys.gettrace(), sys.getprofile())
