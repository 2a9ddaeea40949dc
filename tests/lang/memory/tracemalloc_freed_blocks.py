# Blocks from before the start are not known, those freed are forgotten, resized ones stay one.
import tracemalloc
before = [object() for _ in range(100)]
tracemalloc.start()
print(tracemalloc.get_object_traceback(before[0]))
l = []
for i in range(100_000): l.append(None)
s = tracemalloc.take_snapshot()
print([(t.size >= 800_000) for t in s.traces if t.size > 100_000])
l.clear()
print(tracemalloc.get_traced_memory()[0] < 100_000)
for _ in range(20): junk = [bytearray(100) for _ in range(1000)]
junk = None
print(tracemalloc.get_traced_memory()[0] < 200_000, tracemalloc.get_tracemalloc_memory() > 0)
before = None
tracemalloc.stop()
tracemalloc.start(); tracemalloc.start(7); print(tracemalloc.get_traceback_limit()); tracemalloc.stop(); tracemalloc.stop()
