"""Two objects that refer to each other: counting alone never frees them, the cycle collector does."""
import gc
import weakref


class A:
    def __init__(self):
        self.b = B(self)


class B:
    def __init__(self, a):
        self.a = a

    def __del__(self):
        print("   a B is finalized")


gc.disable()
pair = A()
alive = weakref.ref(pair)
print("each refers to the other:", pair.b.a is pair)
del pair
print("nobody refers to the pair, and it is still there:", alive() is not None)
print("referents of A:", [type(o).__name__ for o in gc.get_referents(alive().__dict__)])
found = gc.collect()
print("the collector found something:", found >= 2, "- and now it is gone:", alive() is None)

gc.enable()
print("thresholds of the three generations:", gc.get_threshold())
survivor = [A()]
gc.collect(0)
print("what survives grows older:", any(o is survivor for o in gc.get_objects(generation=1)))
gc.collect(1)
print("and older:", any(o is survivor for o in gc.get_objects(generation=2)))
print("tracked are containers only:", gc.is_tracked([]), gc.is_tracked("text"), gc.is_tracked(5))
