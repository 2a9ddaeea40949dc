"""An OrderedDict's iterator that has given the last entry does not look whether the dict was changed since."""
from collections import OrderedDict


def run(what, items, change, way=iter):
    d = OrderedDict(items)
    seen = []
    try:
        for key in way(d):
            seen.append(key)
            change(d)
            if len(seen) > 5:
                break
    except RuntimeError as error:
        seen.append(str(error))
    print(what, seen, d)


for n in range(4):
    items = [(i, chr(97 + i)) for i in range(n)]
    for way in (iter, reversed, lambda d: iter(d.items()), lambda d: iter(d.values()), lambda d: reversed(d.items())):
        run(f"clear {n}", items, lambda d: d.clear(), way)
        run(f"add {n}", items, lambda d: d.update({len(d) + 9: 0}), way)
        run(f"move {n}", items, lambda d: d.move_to_end(0), way)
        run(f"move first {n}", items, lambda d: d.move_to_end(n - 1, last=False), way)
        run(f"pop {n}", items, lambda d: d.popitem(), way)
        run(f"store {n}", items, lambda d: d.__setitem__(0, 9), way)
d = OrderedDict()
it = iter(d)
d[1] = 1
print(list(it), list(it))
d = OrderedDict(a=1)
it = iter(d)
print(next(it))
d["b"] = 2
print(list(it), list(it))
