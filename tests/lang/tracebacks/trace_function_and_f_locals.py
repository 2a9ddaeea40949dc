# f_locals read in a trace function once does not freeze the locals; what it writes there is seen by the function.
import sys
def tracer(frame, event, arg):
    if frame.f_code.co_name != "f":
        return None
    if event == "call":
        seen.append(sorted(frame.f_locals))
    if event == "line" and frame.f_lineno == start + 5:
        frame.f_locals["b"] = "written"
    return tracer
seen = []
def f(a):
    b = a + 1
    for i in range(3):
        c = i * b
        d = c
    e = b
    return a, b, i, c, d, e
start = f.__code__.co_firstlineno
sys.settrace(tracer)
result = f(10)
sys.settrace(None)
print(result, seen)
