# Callbacks that fail, remove themselves, or allocate.
import gc, sys
gc.collect(); log = []
sys.unraisablehook = lambda u: log.append(type(u.exc_value).__name__)
def fails(p, i): raise KeyError(p)
def allocates(p, i): x = [[] for _ in range(100)]; x.append(x)
def removes(p, i): gc.callbacks.remove(removes) if removes in gc.callbacks else None
def notcallable(): pass
gc.callbacks[:] = [fails, allocates, removes]; gc.disable(); gc.collect(); print(log, len(gc.callbacks)); log.clear()
gc.callbacks.append(5); gc.collect(); print(log); log.clear(); gc.callbacks.clear()
def counts(p, i): log.append((p, i["generation"], i["collected"] if p == "stop" else None))
gc.callbacks.append(counts); l = []; l.append(l); del l; gc.collect(0); print(log[0], log[1][:2], log[1][2] >= 1); gc.callbacks.clear(); log.clear()
def nested(p, i):
    if p == "start" and not log: log.append("in"); gc.collect(); log.append("out")
gc.callbacks.append(nested); gc.collect(); print(log); gc.callbacks.clear(); gc.enable()
