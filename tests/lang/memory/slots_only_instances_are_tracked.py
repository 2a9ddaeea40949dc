# Instances of Python classes are tracked, slots or not, whatever the base.
import gc
def cls(base, **ns): return type("C", (base,), ns)
for base, args in ((object, ()), (int, (5,)), (float, (1.5,)), (str, ("s",)), (bytes, (b"b",)), (tuple, ((1,),)), (frozenset, ((1,),)), (complex, (1j,))):
    for ns in ({}, {"__slots__": ()}):
        print(base.__name__, sorted(ns), gc.is_tracked(cls(base, **ns)(*args)))
