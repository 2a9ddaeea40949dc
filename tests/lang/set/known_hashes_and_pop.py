# Operations on sets and dicts reuse the hashes that these have; pop() empties a big set in time.
class Counted(int):
    hashes = 0

    def __hash__(self):
        Counted.hashes += 1
        return int.__hash__(self)


def count(what, operation):
    Counted.hashes = 0
    operation()
    print(what, Counted.hashes)


d = dict.fromkeys(map(Counted, range(10)))
s = set(d)
f = frozenset(d)
count("set(dict)", lambda: set(d))
count("difference of dict", lambda: s.difference(d))
count("symmetric difference", lambda: s.symmetric_difference(d))
count("difference_update", lambda: set(s).difference_update(d))
count("fromkeys of set", lambda: dict.fromkeys(s))
count("fromkeys of frozenset", lambda: dict.fromkeys(f, 1))
count("fromkeys of dict", lambda: dict.fromkeys(d))
count("union", lambda: s.union(d))
count("intersection", lambda: s.intersection(d))
count("issubset", lambda: s.issubset(d))
count("issuperset", lambda: s.issuperset(d))
count("keys and set", lambda: d.keys() & s)
count("keys or set", lambda: d.keys() | s)
count("copy", lambda: s.copy())
count("equal", lambda: s == s.copy())

print(type(d.keys() & f), type(d.keys() & s))


def endless():
    n = 100
    while True:
        yield n
        n += 1


print({1, 2}.issuperset(endless()))
big = set(range(200000))
total = 0
while big:
    total += big.pop()
print(total, big)
try:
    big.pop()
except KeyError as e:
    print(repr(e))


class Slotted(set):
    __slots__ = ("x", "y", "__dict__")


class FrozenSlotted(frozenset):
    __slots__ = ("x",)


import copy
import pickle

a = Slotted([1, 2])
a.x = 10
a.z = 20
print(a.__reduce__())
b = copy.copy(a)
print(type(b).__name__, b, b.x, b.z, hasattr(b, "y"))
c = FrozenSlotted("a")
c.x = [1]
b = copy.deepcopy(c)
print(b, b.x, b.x is c.x)
b = pickle.loads(pickle.dumps(a, 2))
print(b, b.x, b.z)


class ByteSlots(bytearray):
    __slots__ = ("x", "__dict__")


m = ByteSlots(b"abc")
m.x, m.y = 1, 2
for protocol in (0, 2, 3, 5):
    n = pickle.loads(pickle.dumps(m, protocol))
    print(n, n.x, n.y)
