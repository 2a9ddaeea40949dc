# PathFinder and the like are ordinary classes: called, subclassed, given attributes.
import importlib.machinery as machinery
import sys
import weakref

for cls in machinery.PathFinder, machinery.BuiltinImporter, machinery.FrozenImporter:
    print(cls.__name__, cls.__mro__)
    finder = cls()
    print(type(finder) is cls, vars(finder), finder.find_spec("no_such_module"))
    finder.note = [finder]
    print(list(vars(finder)), finder.note[0] is finder, weakref.ref(finder)() is finder)
    del finder.note
    finder.__dict__["x"] = 1
    print(finder.x, "__new__" in vars(cls))
    try:
        cls(1)
    except TypeError as e:
        print(type(e).__name__)

    class Sub(cls):
        def __init__(self, name):
            self.name = name

        def __repr__(self):
            return f"<{self.name}>"

    print(Sub("sub"), Sub.__mro__[1] is cls, Sub("a").find_spec("nothing_there"))

print(machinery.BuiltinImporter().find_spec("sys").name, machinery.PathFinder().find_spec("sys"))


class Telling(machinery.PathFinder):
    @classmethod
    def find_spec(cls, name, path=None, target=None):
        print("looking for", name, "with", path)
        return super().find_spec(name, path, target)


sys.meta_path.insert(0, Telling())
try:
    import there_is_none_such
except ImportError as e:
    print(type(e).__name__, e)
