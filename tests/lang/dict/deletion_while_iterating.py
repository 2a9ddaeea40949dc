# A key deleted and put back during iteration is noticed, whatever the size; popitem and insertion for ever do not fill the table.
def told(make, change):
    d = make()
    try:
        for item in change(d):
            pass
        print("no error", d)
    except RuntimeError as e:
        print("RuntimeError:", e)


def by_keys(d):
    for k in d:
        del d[0]
        d[0] = 0
        yield k


def by_values(d):
    for v in d.values():
        del d[0]
        d[0] = 0
        yield v


def by_items(d):
    for k, v in d.items():
        del d[0]
        d[0] = 0
        yield k


def by_reversed(d):
    for k in reversed(d):
        d.pop(0)
        d[0] = 0
        yield k


def shrinking(d):
    for k in d:
        del d[k]
        yield k


def growing(d):
    for k in d:
        d[object()] = 1
        yield k


def clearing(d):
    for k in d:
        d.clear()
        yield k


for make in (lambda: {0: 0}, lambda: {0: 0, 1: 1}, lambda: dict.fromkeys(range(20))):
    for change in (by_keys, by_values, by_items, by_reversed, shrinking, growing, clearing):
        print(len(make()), change.__name__, end=": ")
        told(make, change)

d = {-1: 0}
for i in range(2000):
    d[i * 7] = i
    assert d.popitem() == (i * 7, i)
print(d, 5 in d, -1 in d)
for i in range(2000):
    d[i] = i
    del d[i]
print(d, list(d))
while d:
    d.popitem()
print(d, d.get(3), len(d))
d.update((i, i) for i in range(100))
for i in range(50):
    d.popitem()
d["x"] = 1
print(list(d)[-3:], len(d))
