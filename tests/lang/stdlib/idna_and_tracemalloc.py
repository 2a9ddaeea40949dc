# Host names in IDNA; tracemalloc's interface.
import tracemalloc

for name in ("bücher.example", "straße.de", "abc.com", "日本語.jp", "FAß.", "a" * 64, "", "a..b", "xn--bcher-kva"):
    try:
        print(name[:20], name.encode("idna"), name.encode("idna").decode("idna"))
    except UnicodeError as e:
        print(name[:20], type(e).__name__, e)

print(tracemalloc.is_tracing(), tracemalloc.get_traced_memory())
tracemalloc.start()
kept = ["x" * 1000 + str(i) for i in range(1000)]
current, peak = tracemalloc.get_traced_memory()
print(tracemalloc.is_tracing(), current > 500_000, peak >= current, tracemalloc.get_traceback_limit())
del kept
print(tracemalloc.get_traced_memory()[0] < current, tracemalloc.get_traced_memory()[1] >= current)
tracemalloc.reset_peak()
print(tracemalloc.get_traced_memory()[1] < peak)
print(type(tracemalloc.take_snapshot()).__name__)
tracemalloc.stop()
print(tracemalloc.is_tracing(), tracemalloc.get_traced_memory())
for bad in (lambda: tracemalloc.start(0), tracemalloc.take_snapshot):
    try:
        bad()
    except (ValueError, RuntimeError) as e:
        print(e)
