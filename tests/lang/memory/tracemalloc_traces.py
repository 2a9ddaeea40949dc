# tracemalloc: where blocks were asked for, how much is in use, the peak, clearing and stopping.
import tracemalloc
print(tracemalloc.is_tracing(), tracemalloc.get_traceback_limit(), tracemalloc.get_traced_memory(), tracemalloc.get_tracemalloc_memory() < 10_000)
for bad in (0, -1, 65536):
    try: tracemalloc.start(bad)
    except ValueError as e: print(e)
def make(): return bytearray(500_000)
tracemalloc.start(5); base = make.__code__.co_firstlineno
print(tracemalloc.is_tracing(), tracemalloc.get_traceback_limit())
x = make()
current, peak = tracemalloc.get_traced_memory(); print(current >= 500_000, peak >= current)
del x
now, peak = tracemalloc.get_traced_memory(); print(now < 100_000, peak >= 500_000)
tracemalloc.reset_peak(); print(tracemalloc.get_traced_memory()[1] < 100_000)
a = bytearray(9); t = tracemalloc.get_object_traceback(a)
print(len(t), t[0].lineno - base, t.total_nframe, t[0].filename == __file__)
x = make(); s = tracemalloc.take_snapshot(); top = s.statistics("lineno")[0]
print(top.size >= 500_000, top.count, top.traceback[0].lineno - base)
top = s.statistics("traceback")[0]; print([f.lineno - base for f in top.traceback])
only = s.filter_traces((tracemalloc.Filter(True, __file__, lineno=base),)); print(len(only.traces) >= 1, {t.traceback[-1].lineno - base for t in only.traces})
y = make(); diff = tracemalloc.take_snapshot().compare_to(s, "lineno")[0]; print(diff.size_diff >= 500_000, diff.count_diff >= 1)
tracemalloc.clear_traces(); print(tracemalloc.get_traced_memory()[0] < 1000, tracemalloc.get_object_traceback(x), tracemalloc.is_tracing())
tracemalloc.stop(); print(tracemalloc.is_tracing(), tracemalloc.get_traced_memory())
try: tracemalloc.take_snapshot()
except RuntimeError as e: print(e)
