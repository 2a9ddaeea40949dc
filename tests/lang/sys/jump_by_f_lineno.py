# A trace function sets f_lineno: where it may go, where not, and what happens to blocks that are left.
import sys

class Context:
    def __enter__(self):
        print("enter")
    def __exit__(self, *args):
        print("exit", args[0])

def plain():
    print(1)
    print(2)
    print(3)

def unbound():
    x = 1
    print("x next")
    return x

def loop():
    for i in range(2):
        print("body", i)
    print("after")

def handler():
    try:
        print("try")
        1 / 0
    except ZeroDivisionError:
        print("handled")
    finally:
        print("finally")
    print("end", sys.exc_info()[0])

def managed():
    print("before")
    with Context():
        print("inside")
    print("outside")

def generator():
    print("g1")
    yield 1
    print("g2")

def deep(flag=True):
    if flag:
        for i in [1, 2]:
            with Context():
                try:
                    print("deep", i)
                except ValueError:
                    print("no")
        print("left")
    return "done"

def jump(function, origin, target, call=None):
    first = function.__code__.co_firstlineno
    done = []
    def trace(frame, event, arg):
        if frame.f_code is not function.__code__:
            return None
        if event == "line" and frame.f_lineno == first + origin and not done:
            done.append(1)
            try:
                frame.f_lineno = first + target
                print("now at", frame.f_lineno - first)
            except ValueError as e:
                print("refused:", e)
        return trace
    print("--", function.__name__, origin, target)
    sys.settrace(trace)
    try:
        result = (call or function)()
    except Exception as e:
        result = type(e).__name__, str(e)
    finally:
        sys.settrace(None)
    print(result)

jump(plain, 1, 3)
jump(plain, 3, 1)
jump(plain, 2, 2)
jump(plain, 2, -1)
jump(plain, 2, 50000)
jump(unbound, 1, 3)
jump(unbound, 3, 2)
jump(loop, 2, 3)
jump(loop, 3, 2)
jump(loop, 2, 1)
jump(handler, 2, 5)
jump(handler, 5, 8)
jump(handler, 5, 2)
jump(handler, 2, 8)
jump(managed, 3, 4)
jump(managed, 1, 3)
jump(managed, 3, 1)
jump(generator, 1, 3, lambda: list(generator()))
jump(generator, 3, 1, lambda: list(generator()))
jump(deep, 5, 8)
jump(deep, 8, 9)
jump(deep, 9, 5)

def refuse(event_wanted, value):
    def trace(frame, event, arg):
        if frame.f_code is plain.__code__ and event == event_wanted:
            try:
                frame.f_lineno = value
            except Exception as e:
                print(event, type(e).__name__, e)
        return trace
    sys.settrace(trace)
    plain()
    sys.settrace(None)
refuse("call", plain.__code__.co_firstlineno + 1)
refuse("return", plain.__code__.co_firstlineno + 1)
refuse("line", "3")
refuse("line", 10 ** 30)
refuse("line", 1.5)
try:
    sys._getframe().f_lineno = 3
except ValueError as e:
    print(e)
try:
    del sys._getframe().f_lineno
except AttributeError as e:
    print(e)
print([unbound() for i in range(3)])
