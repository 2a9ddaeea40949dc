# Dicts from displays: iteration notices changes at any size, order stays, copies are equal.
def grow(d, n):
    it = iter(d); next(it)
    for i in range(n): d[f"new{i}"] = i
    try: next(it); return "no error"
    except RuntimeError as e: return str(e)
    except StopIteration: return "stop"
for d in ({"a": 1}, {"a": 1, "b": 2}, {"a": 1, "b": 2, "c": 3}, {"a": 1, "b": 2, "c": 3, "d": 4, "e": 5}):
    c = d.copy(); print(grow(c, 1)); print(list(c), c == {**d, "new0": 0}, len(d))
d = {"x": 1}
for k in d:
    del d[k]; d["y"] = 2
    break
print(d); d = {1: 1, 2: 2}; d.popitem(); d[3] = 3; d[4] = 4; d.popitem(); d[5] = 5; print(d, d.pop(1), list(d.items()))
for n in range(8):
    e = eval("{" + ", ".join(f"{i}: {i}" for i in range(n)) + "}"); e.update({9: 9}); e[10] = 10; print(list(e), list(reversed(e)), 9 in e, n in e)
