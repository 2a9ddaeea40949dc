# from X import * with and without __all__.
import types, sys
m = types.ModuleType("withall"); exec("a = 1; _b = 2; c = 3\n__all__ = ['a', '_b']", m.__dict__); sys.modules["withall"] = m
n = types.ModuleType("noall"); exec("d = 4; _e = 5; __f = 6", n.__dict__); sys.modules["noall"] = n
o = types.ModuleType("badall"); exec("__all__ = ['missing']", o.__dict__); sys.modules["badall"] = o
p = types.ModuleType("oddall"); exec("g = 7\n__all__ = ('g', 5)", p.__dict__); sys.modules["oddall"] = p
from withall import *
from noall import *
print(a, _b, "c" in globals(), d, "_e" in globals(), "__f" in globals(), "__all__" in globals())
for name in ("badall", "oddall"):
    try: exec(f"from {name} import *", {})
    except (AttributeError, TypeError) as e: print(type(e).__name__, e)
ns = {}; exec("from withall import *", ns); print(sorted(k for k in ns if k != "__builtins__"))
class Fake:
    x = 1; _y = 2
    __all__ = ["x", "_y"]
sys.modules["fakecls"] = Fake; ns = {}; exec("from fakecls import *", ns); print(ns["x"], ns["_y"])
from withall import a as renamed, c; print(renamed, c)
try: exec("def f():\n    from withall import *")
except SyntaxError as e: print(e.msg)
