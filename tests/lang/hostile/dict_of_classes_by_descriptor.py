# The __dict__ descriptor of an ordinary class meets classes and modules, which keep theirs in their own way.
import types

class Base:
    pass

class Meta(Base, type):
    pass

class Module(Base, types.ModuleType):
    pass

class Plain(metaclass=Meta):
    attribute = 1

descriptor = Base.__dict__["__dict__"]
module = Module("spam")
for x in Plain, module:
    for act in (lambda: descriptor.__set__(x, {}), lambda: descriptor.__delete__(x), lambda: setattr(x, "__dict__", {}),
                lambda: x.__delattr__("__dict__")):
        try:
            act()
        except (AttributeError, TypeError) as e:
            print(type(e).__name__)
    print(type(descriptor.__get__(x)).__name__)
module.y = 3
print(module.__dict__["y"], Plain.attribute, "y" in descriptor.__get__(module))

class Looping:
    pass
Looping.__repr__ = Looping.__str__
for f in repr, str, ascii:
    try:
        f(Looping())
    except RecursionError as e:
        print(f.__name__, type(e).__name__)
