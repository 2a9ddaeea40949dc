"""Packages without __init__: their path follows sys.path, their loader and spec; submodules of a circular import."""
import importlib
import importlib.util
import os
import sys

here = sys.argv[1]


def put(name, text=""):
    path = os.path.join(here, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w") as file:
        file.write(text)


put("one/space/a.py", "x = 1")
put("two/space/b.py", "y = 2")
put("two/space/deep/c.py", "from .. import a; z = a.x")
sys.path.insert(0, here + "/one")
import space
import space.a
print(type(space.__path__).__name__, len(space.__path__), [os.path.relpath(p, here) for p in space.__path__])
print(type(space.__loader__).__name__, space.__spec__.loader is space.__loader__, space.__file__, space.__spec__.origin, space.__spec__.has_location)
print(repr(space).split(" object at")[0], space.__package__, hasattr(space, "__cached__"))
sys.path.append(here + "/two")
import space.b
import space.deep.c
print(space.b.y, space.deep.c.z, len(space.__path__), space.__path__[0] in space.__path__)
print(importlib.util.find_spec("space") is space.__spec__, importlib.util.find_spec("space.deep").parent)
print(space.__loader__.is_package("space"), repr(space.__loader__.get_source("space")), space.__loader__.get_code("space").co_name)
print(importlib.reload(space) is space)
try:
    import space.none
except ImportError as e:
    print(e, e.name)

put("one/circle/__init__.py")
put("one/circle/child.py", "import circle.other\n")
put("one/circle/other.py", "import circle\ntry: circle.child\nexcept AttributeError as e: print(e)\ntry: circle.none\nexcept AttributeError as e: print(e)\n")
import circle.child
print(circle.child.__name__, circle.__spec__._uninitialized_submodules)

put("one/gone/__init__.py")
put("one/gone/child.py", "import sys\nsys.modules.pop(__package__)\nfrom . import another\n")
put("one/gone/another.py", "w = 5\n")
import gone.child
print(gone.child.another.w, sys.modules["gone"] is gone)


class Finder:
    def invalidate_caches(self):
        print("forgets")


sys.path_importer_cache["/nowhere"] = Finder()
sys.path_importer_cache["relative"] = Finder()
sys.path_importer_cache["/none"] = None
importlib.invalidate_caches()
print([name for name in ("/nowhere", "relative", "/none") if name in sys.path_importer_cache])
a, b = space.a.__spec__, importlib.util.find_spec("space.b")
print(a == a, a == b, a.loader == importlib.util.find_spec("space.a").loader, hash(a.loader) == hash(space.a.__loader__), a != 3)
