"""Importers of the old protocol: find_module and load_module, on sys.meta_path and by path hooks; and the finders' own find_module."""
import sys
import types
import warnings

warnings.simplefilter("always")


def show(message, category, filename, lineno, file=None, line=None):
    print(category.__name__, str(message).split(" object at")[0])


warnings.showwarning = show


class Old:
    def find_module(self, name, path=None):
        print("find_module", name, path)
        return self if name.startswith("old") else None

    def load_module(self, name):
        module = sys.modules.setdefault(name, types.ModuleType(name))
        module.__loader__ = self
        if name == "old":
            module.__path__ = ["nowhere"]
        module.value = name.upper()
        return module


sys.meta_path.insert(0, Old())
try:
    import old
    print(old.value, old.__spec__.name, old.__package__)
    import old.part
    print(old.part.value, type(old.part.__spec__.loader).__name__, old.part.__package__)
    try:
        import missing_one
    except ImportError as e:
        print(e)
finally:
    del sys.meta_path[0]


class Useless:
    pass


sys.meta_path.append(Useless())
try:
    import missing_two
except (ImportError, AttributeError) as e:
    print(type(e).__name__, e)
finally:
    del sys.meta_path[-1]


class Entry:
    def __init__(self, kind):
        self.kind = kind

    def load_module(self, name):
        module = sys.modules.setdefault(name, types.ModuleType(name))
        module.kind = self.kind
        return module


class Loaders(Entry):
    def find_loader(self, name):
        return (self, []) if name == "by_loader" else (None, ["portion"]) if name == "by_portion" else (None, [])


class Modules(Entry):
    def find_module(self, name):
        return self if name == "by_module" else None


def hook(path):
    if path == "loaders":
        return Loaders(path)
    if path == "modules":
        return Modules(path)
    raise ImportError


sys.path_hooks.insert(0, hook)
sys.path[:0] = ["loaders", "modules"]
try:
    import by_loader
    import by_module
    import by_portion
    print(by_loader.kind, by_module.kind, list(by_portion.__path__))
finally:
    del sys.path_hooks[0], sys.path[:2]
import importlib.machinery
for finder in (importlib.machinery.BuiltinImporter, importlib.machinery.FrozenImporter, importlib.machinery.PathFinder):
    for name in ("sys", "nothing_of_the_sort") + ("os",) * (finder is not importlib.machinery.PathFinder):
        loader = finder.find_module(name)
        print(finder.__name__, name, getattr(loader, "__name__", type(loader).__name__))
