# __builtins__ of a namespace may be anything: what it does not have is missing, and what cannot be asked is a TypeError.
def told(f, *args):
    try:
        print(f(*args))
    except Exception as e:
        print(type(e).__name__, e)


for given in (None, 123, [], "abc", {}, {"len": 3}):
    told(eval, "len", {"__builtins__": given})
    told(exec, "def f(): return abs\nf()", {"__builtins__": given})
    told(exec, "class A: pass", {"__builtins__": given})
    told(eval, "x + 1", {"__builtins__": given}, {"x": 1})

for name in (".x", "zz.", "..", "zz..b", ".", "string\0", "os..path", "os.", "sys.x", "os.\0", " "):
    told(__import__, name)


import types


class Odd(types.ModuleType):
    __dict__ = 8


told(dir, Odd("m"))
print(list(reversed(bytearray(b"abc"))), b"abc".hex(b"\0"))
told(bytes.translate, b"x", b"1", 1)
