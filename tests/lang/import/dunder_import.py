# __import__ called by hand and replaced.
import sys
m = __import__("collections.abc"); print(m.__name__, __import__("collections.abc", fromlist=["x"]).__name__, __import__("sys") is sys, __import__("os.path").__name__, __import__(name="math").__name__, __import__("math", globals(), locals(), [], 0).__name__)
for args in (("nope",), ("",), (5,), ("math", None, None, (), -1), ("x", {"__package__": "p"}, None, (), 1), ("x", {}, None, (), 1), ("a.b.c",), ("math.pi",)):
    try: print(__import__(*args))
    except Exception as e: print(args[:1], type(e).__name__, e)
import builtins; real = builtins.__import__; log = []
def fake(name, g=None, l=None, fromlist=(), level=0):
    log.append((name, fromlist, level)); return type("M", (), {"value": f"faked {name}", "sub": 1}) if name.startswith("fake") else real(name, g, l, fromlist, level)
builtins.__import__ = fake
try:
    import fakemod; from fakemod import value, sub as s; import math as mm; from collections import deque as dq
finally: builtins.__import__ = real
print(fakemod.value, value, s, mm.__name__, dq.__name__, log)
del builtins.__import__
try:
    import json
    print("imported")
except ImportError as e: print(e)
finally: builtins.__import__ = real
import importlib; print(importlib.import_module("string").digits, importlib.reload(sys.modules["string"]).digits)
