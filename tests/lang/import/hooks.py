# sys.meta_path and custom finders and loaders.
import sys, importlib.abc, importlib.machinery
class Finder(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if name.startswith("virtual"): print("finding", name, path is None); return importlib.machinery.ModuleSpec(name, Loader(), is_package=name == "virtual")
class Loader(importlib.abc.Loader):
    def create_module(self, spec): return None
    def exec_module(self, module): exec(f"print('executing', __name__)\nvalue = '{module.__name__} value'", module.__dict__)
sys.meta_path.insert(0, Finder())
import virtual; print(virtual.value, virtual.__spec__.loader.__class__.__name__, virtual.__path__)
import virtual.child; print(virtual.child.value, virtual.child.__package__)
from virtual import other; print(other.value)
import virtual; print("no second execution")
class Bad:
    def find_spec(self, *a): raise ValueError("finder fails") if a[0] == "boom" else None
    def find_spec(self, name, path=None, target=None):
        if name == "boom": raise ValueError("finder fails")
sys.meta_path.insert(0, Bad())
try: import boom
except ValueError as e: print(e)
try: import still_missing
except ModuleNotFoundError as e: print(e)
sys.meta_path[:2] = []
import builtins
orig = builtins.__import__
def spy(name, *a, **k): print("import", name, a[2] if len(a) > 2 else None, a[3] if len(a) > 3 else None); return orig(name, *a, **k)
builtins.__import__ = spy
import math; from math import pi; import collections.abc
builtins.__import__ = orig
