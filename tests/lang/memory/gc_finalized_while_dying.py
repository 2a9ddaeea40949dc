# is_finalized during and after __del__, by count and by the collector; no second call.
import gc
calls = []
class A:
    def __del__(self): calls.append(gc.is_finalized(self)); keep.append(self)
keep = []
A(); print(calls, gc.is_finalized(keep[0])); keep.clear(); print(calls)
calls.clear(); a = A(); a.me = a; del a; gc.collect(); print(calls, gc.is_finalized(keep[0]))
o = keep.pop(); del o.me, o; print(calls)
