# collect() inside __del__, callbacks and while collecting.
import gc
gc.collect(); gc.disable(); log = []
class A:
    def __del__(self): log.append(("A", gc.collect()))
a = A(); a.a = a; b = A(); b.b = b; del a, b; n = gc.collect(); print(n > 0, log)
log.clear(); gc.callbacks.append(lambda p, i: log.append((p, gc.collect()))); gc.collect(); print(log); gc.callbacks.clear()
class B:
    def __del__(self): gc.disable(); gc.enable(); gc.set_threshold(500); log.append(gc.isenabled())
log.clear(); x = B(); x.x = x; del x; gc.collect(); print(log, gc.get_threshold()); gc.set_threshold(700, 10, 10)
class C:
    def __del__(self): self.other = gc.get_objects() and None; log.append(len(gc.get_referrers(self)) >= 0)
log.clear(); y = C(); y.y = y; del y; gc.collect(); print(log); gc.enable()
