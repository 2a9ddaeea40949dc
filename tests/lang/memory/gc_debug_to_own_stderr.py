# The collector's debugging text goes to sys.stderr, whatever that is.
import gc, io, re, sys
gc.disable(); gc.collect()
class A: pass
def text(flags, generation):
    old, sys.stderr = sys.stderr, io.StringIO()
    gc.set_debug(flags); gc.collect(generation); gc.set_debug(0)
    caught, sys.stderr = sys.stderr.getvalue(), old
    return re.sub("0x[0-9a-f]+", "0x", caught)
a = A(); a.me = a; del a; b = []; b.append(b); del b
print(text(gc.DEBUG_COLLECTABLE, 0).count("gc: collectable <"), end=" ")
a = [A()]; a.append(a); del a
lines = text(gc.DEBUG_STATS | gc.DEBUG_COLLECTABLE, 2).splitlines()
print([re.sub("[0-9.]+", "#", line) for line in lines])
sys.stderr = None; gc.set_debug(gc.DEBUG_STATS); sys.stderr = sys.__stderr__; gc.set_debug(0)
