# Attribute names that are no strs, __new__ of another type, __class__ and __dict__ where they cannot be set, bases assigned by mro().
import types


def told(f, *args):
    try:
        print(f(*args))
    except Exception as e:
        print(type(e).__name__, e)


class Plain:
    pass


for name in (type, 5, None, b"x", 3.5):
    told(type.__getattribute__, list, name)
    told(object.__getattribute__, [], name)
    told(super.__getattribute__, super(Plain, Plain()), name)
    told(type(len).__getattribute__, len, name)
    told(types.ModuleType.__getattribute__, types, name)
    told(object.__setattr__, Plain(), name, 1)
    told(type.__setattr__, Plain, name, 1)
    told(Plain().__delattr__, name)


class NotAList:
    __new__ = list.__new__


class AList(list):
    __new__ = object.__new__


print(type(NotAList()), AList(), AList() + [1])
told(list.__new__, NotAList)
told(object.__new__, AList)


class Rebound:
    pass


Rebound.__repr__ = Rebound.__str__
for f in (repr, str):
    try:
        f(Rebound())
    except RecursionError as e:
        print("RecursionError")


class Meta(type, Plain):
    pass


class OfMeta(metaclass=Meta):
    pass


class Module(types.ModuleType, Plain):
    pass


place = Plain.__dict__["__dict__"]
for o in (OfMeta, Module("m"), Plain, 3):
    told(lambda: setattr(o, "__dict__", {}))
    told(lambda: delattr(o, "__dict__"))
    told(lambda: place.__set__(o, {}))
    told(lambda: type(place.__get__(o)))


class G:
    __slots__ = ("a", "b")


class H:
    __slots__ = ("b", "a")


class UnderG(G):
    __slots__ = ("e",)


class UnderH(H):
    __slots__ = ("e",)


g = G()
g.a = 1
g.__class__ = H
print(type(g), g.a)
told(lambda: setattr(UnderG(), "__class__", UnderH))


class Early(type):
    ready = False

    def mro(cls):
        if Early.ready and cls.__name__ == "C":
            Early.ready = False
            C.__bases__ = (B2,)
        return type.mro(cls)


class A(metaclass=Early):
    pass


class B1(A):
    pass


class B2(A):
    pass


class C(A):
    pass


Early.ready = True
C.__bases__ = (B1,)
B1.__bases__ = (C,)
print(C.__bases__, B1.__bases__, B2.__subclasses__(), B1.__subclasses__(), C.__subclasses__())


class Evil:
    def __hash__(self):
        return hash("attr")

    def __eq__(self, other):
        if "attr" in Victim.__dict__:
            del Victim.attr
        return False


class Descriptor:
    def __get__(self, instance, owner):
        return "descriptor"


class Victim:
    attr = Descriptor()


v = Victim()
v.__dict__[Evil()] = 0
print(v.attr)
told(lambda: v.attr)


class CompareProperty:
    @property
    def __eq__(self):
        raise ValueError("no method")


print(CompareProperty() == 3, CompareProperty() != 3)


def f(cls, x: int) -> str:
    "doc"


print(sorted(classmethod(f).__dict__), staticmethod(f).__annotations__, sorted(classmethod(len).__dict__))
told(lambda: type("T", (), {"__doc__": "\udc80"}))
