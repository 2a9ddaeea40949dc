# What finalizers and callbacks do in the midst of a collection; thresholds of 0 and 1; who refers to a running frame.
import gc
import io
import sys
import weakref


class Raises:
    def __del__(self):
        raise ValueError("boom")


class Allocates:
    def __del__(self):
        made = [[i] for i in range(10_000)]
        for _ in range(100):
            loop = [made]
            loop.append(loop)
        gc.collect()


class Plain:
    pass


gc.disable()
r = Raises()
r.me = r
del r
stderr, sys.stderr = sys.stderr, io.StringIO()
gc.collect()
text, sys.stderr = sys.stderr.getvalue(), stderr
print("ValueError: boom" in text, "Exception ignored in" in text)

for _ in range(50):
    a = Allocates()
    a.me = a
del a
print(gc.collect() >= 50)
gc.enable()

# A callback empties what is iterated.
objects = [Plain() for _ in range(100)]
refs = [weakref.ref(o, lambda ref: objects.clear()) for o in objects]
rounds = 0
for o in objects:
    rounds += 1
    if objects:
        objects.pop(0)
del o
print(rounds, len(objects), sum(ref() is None for ref in refs))

by_number = weakref.WeakValueDictionary()
objects = [Plain() for _ in range(100)]
for i, o in enumerate(objects):
    by_number[i] = o
del o
seen = 0
for key in by_number.keys():
    seen += 1
    if objects:
        objects.pop()
print(seen, len(by_number))


def my_frame():
    frame = sys._getframe()
    return gc.get_referrers(frame)


print(my_frame())

for thresholds in ((1,), (0,), (1, 1, 1), (1, 0, 0), (700, 10, 10)):
    gc.set_threshold(*thresholds)
    kept = [[] for _ in range(2000)]
    for _ in range(2000):
        loop = []
        loop.append(loop)
    print(gc.get_threshold()[0], len(kept))
gc.collect()
