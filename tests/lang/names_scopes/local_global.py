# Which scope a name belongs to.
x = "global"
def read(): return x
def write():
    x = "local"
    return x
def declare():
    global x, fresh
    x = "changed"
    fresh = "made"
def unbound():
    try:
        print(x)
    except UnboundLocalError as e:
        print(e)
    x = 1
print(read(), write(), x)
declare()
print(x, fresh)
unbound()
def conditional(flag):
    if flag:
        y = 1
    try:
        return y
    except UnboundLocalError as e:
        return str(e)
print(conditional(True), conditional(False))
def deleted():
    z = 1
    del z
    return z
try:
    deleted()
except UnboundLocalError as e:
    print(type(e).__name__, e, e.name)
try:
    undefined_name
except NameError as e:
    print(type(e).__name__, e, e.name)
def loop_var():
    for i in range(3): pass
    return i
print(loop_var())
def augment():
    try:
        x += 1
    except UnboundLocalError as e:
        print(e)
augment()
def import_local():
    import math
    return math.floor(1.5)
print(import_local(), "math" in globals())
def func_local():
    def inner(): return "inner"
    class C: pass
    return inner(), C.__qualname__
print(func_local())
def except_var():
    try:
        1 / 0
    except ZeroDivisionError as err:
        pass
    try:
        err
    except UnboundLocalError as e:
        return str(e)
print(except_var())
