# gc.callbacks: phases, info, errors.
import gc
gc.collect(); gc.disable()
events = []
def cb(phase, info): events.append((phase, dict(info)))
gc.callbacks.append(cb)
l = []; l.append(l); del l
gc.collect(); print(events); events.clear()
gc.collect(0); print(events[0], events[1][0], sorted(events[1][1])); events.clear()
gc.collect(1); print([(p, i["generation"]) for p, i in events]); events.clear()
def bad(phase, info): raise ValueError("callback")
import sys
sys.unraisablehook = lambda u: print("unraisable", u.exc_value)
gc.callbacks.insert(0, bad); gc.collect(); print(len(events)); gc.callbacks.remove(bad); events.clear()
def once(phase, info):
    if phase == "stop": gc.callbacks.remove(once)
gc.callbacks.append(once); gc.collect(); print(len(gc.callbacks)); gc.callbacks.clear(); events.clear(); gc.collect(); print(events, gc.callbacks)
gc.enable()
