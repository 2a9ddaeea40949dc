# Module objects: attributes, __getattr__, __dir__, reload.
import modattr, sys, types, importlib
print(modattr.__name__, modattr.__doc__, modattr.x, modattr.dynamic, dir(modattr), type(modattr), repr(modattr).startswith("<module 'modattr' from"), modattr.__spec__.name, modattr.__loader__ is not None, modattr.__package__ == "", isinstance(modattr, types.ModuleType))
try: modattr.other
except AttributeError as e: print(e)
modattr.x = 99; print(modattr.get()); del modattr.x
try: modattr.get()
except NameError as e: print(e)
m = importlib.reload(modattr); print(m is modattr, modattr.x, modattr.loads)
from modattr import dynamic; print(dynamic)
try: from modattr import nothing_at_all
except ImportError as e: print(str(e).split(" (")[0])
n = types.ModuleType("made", "made doc"); n.v = 1; print(n, n.__doc__, n.__dict__["v"], vars(n)["__name__"]); sys.modules["made"] = n
import made; print(made.v); from made import v; print(v)
sys.modules["blocked"] = None
try: import blocked
except ImportError as e: print(type(e).__name__, e)
sys.modules["weird"] = 5; import weird; print(weird)
class Lazy(types.ModuleType):
    def __getattr__(self, k): return f"lazy {k}"
sys.modules["lazy"] = Lazy("lazy"); import lazy; from lazy import anything; print(lazy.foo, anything)
print(importlib.import_module("modattr") is modattr, importlib.import_module(".sub", "pkg").name, importlib.util.find_spec("modattr").name if hasattr(importlib, "util") else "modattr")
