# The class keeps __slotnames__ once an instance was copied; what stands there says which attributes are state.
import copy
import copyreg


class A:
    __slotnames__ = ["spam"]

    def __getattr__(self, name):
        if name == "spam":
            return 42
        raise AttributeError(name)


print(A().__reduce_ex__(2) == (copyreg.__newobj__, (A,), (None, {"spam": 42}), None, None))


class B:
    __slots__ = ["a", "__b", "__dict__", "never"]


class C(B):
    __slots__ = "c"


o = C()
o.a, o._B__b, o.c, o.free = 1, 2, 3, 4
print("__slotnames__" in C.__dict__)
print(o.__reduce_ex__(2)[2], C.__dict__["__slotnames__"], "__slotnames__" in B.__dict__)
for bad in (None, ("a",), ["a"], [1], [1, 2, 3, 4], ["a", "a", "a", "a"], ["c", "no", "free", "a", "such"]):
    C.__slotnames__ = bad
    try:
        print(o.__reduce_ex__(2)[2])
    except TypeError as e:
        print(e)


class Growing:
    __slots__ = "a", "b"


class Watching(Growing):
    __slotnames__ = ["a", "b"]

    @property
    def a(self):
        self.__slotnames__.append("more")
        return 1


try:
    Watching().__reduce_ex__(2)
except RuntimeError as e:
    print(e)


class Plain:
    pass


p = Plain()
p.x = 1
copy.copy(p)
print(Plain.__slotnames__, p.__getstate__(), object().__getstate__())
for opaque in (memoryview(b""), (i for i in ()), type("T", (tuple,), {})(), type("I", (int,), {})(3), range(3), 3, slice(1)):
    try:
        print(opaque.__getstate__(), len(opaque.__reduce_ex__(2)))
    except TypeError as e:
        print(e)

