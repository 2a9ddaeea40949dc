# Built-in names can be shadowed and come back.
print(len("abc"))
len = lambda x: "shadowed"
print(len("abc"))
del len
print(len("abc"))
def f():
    list = [1]
    return list
print(f(), list("ab"))
import builtins
builtins.added_name = 42
print(added_name)
del builtins.added_name
try:
    added_name
except NameError as e:
    print(e)
saved = builtins.abs
builtins.abs = lambda x: "patched"
print(abs(-1))
builtins.abs = saved
print(abs(-1))
print(eval("len([1])", {"__builtins__": {"len": lambda x: "own"}}))
try:
    eval("print(1)", {"__builtins__": {}})
except NameError as e:
    print(e)
print(__builtins__ is builtins, builtins.__name__)
try:
    del print
except NameError as e:
    print(e)
def loop():
    out = []
    for i in range(4):
        if i == 2:
            globals()["str"] = lambda x: "patched"
        out.append(str(i))
    del globals()["str"]
    return out, str(5)
print(loop())
True_ = True
try:
    exec("True = 1")
except SyntaxError as e:
    print(e.msg)
try:
    exec("None.x = 1")
except AttributeError as e:
    print(e)
exec("def f(None_=1): return None_\nprint(f())")
