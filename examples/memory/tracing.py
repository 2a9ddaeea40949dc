"""Which line took the memory: tracemalloc."""
import tracemalloc

tracemalloc.start()
small = [1] * (10**5)
large = [2] * (10**6)
current, peak = tracemalloc.get_traced_memory()
print("traced megabytes:", current // 10**6, "- at most:", peak // 10**6)
top = tracemalloc.take_snapshot().filter_traces([tracemalloc.Filter(True, __file__)]).statistics("lineno")[0]
print("most by line", top.traceback[0].lineno, "in megabytes:", top.size // 10**6)
del large
print("after del:", tracemalloc.get_traced_memory()[0] // 10**6)
tracemalloc.stop()
