# Two instances that hold each other need the collector.
import gc, weakref
class A:
    def __init__(self): self.var_a = B(self)
class B:
    def __init__(self, obj): self.var_b = obj
gc.collect(); gc.disable()
var = A(); print(var.var_a.var_b is var, id(var) == id(var.var_a.var_b), id(var) != id(var.var_a))
r = weakref.ref(var); del var; print(r() is not None); print(gc.collect() >= 2, r()); gc.enable()
