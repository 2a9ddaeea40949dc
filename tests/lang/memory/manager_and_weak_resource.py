# A back reference that is weak needs no collector.
import gc, weakref
class Resource:
    def __init__(self, manager): self._m = weakref.ref(manager)
    def config(self): m = self._m(); return m.name if m else "manager gone"
    def __del__(self): print("resource freed")
class Manager:
    def __init__(self, name): self.name = name; self.resource = Resource(self)
    def __del__(self): print("manager freed")
gc.disable(); m = Manager("main"); r = m.resource; print(r.config()); del m; print(r.config()); del r; print("end"); gc.enable()
