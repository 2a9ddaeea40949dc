# sys.getsizeof tells what the heap gave for an object: its blocks, and the 8 bytes of its place in a generation.
import array
import collections
import datetime
import decimal
import functools
import gc
import io
import itertools
import queue
import random
import re
import sys
import threading
import tracemalloc
import types
import weakref

N = 300
TRACKED = 1 << 14  # in a type's __flags__


class Plain:
    def __init__(self, n):
        self.a = self.b = n


class Many:
    def __init__(self, n):
        for i in range(20):
            setattr(self, f"x{i}", n)


class Slots:
    __slots__ = ("a", "b", "c")


class OfList(list):
    pass


class OfDict(dict):
    pass


class OfTuple(tuple):
    pass


class OfInt(int):
    pass


class OfStr(str):
    pass


class Empty(Exception):
    pass


def numbers():
    yield 1


def appended(container, count):
    for i in range(count):
        container.append(i)
    return container


def filled(stream, text):
    stream.write(text)
    return stream


def put(waiting, count):
    for i in range(count):
        waiting.put(i)
    return waiting


few, pair, one = [1, 2, 3], [[1, 2], [3, 4]], Plain(1)
pool = tuple(range(40))
makers = {
    "object": lambda n: object(), "int": lambda n: (1 << 70) + n, "large int": lambda n: (1 << 1000) + n,
    "float": lambda n: 1e300 * (n + 1), "complex": lambda n: complex(n, 1), "str": lambda n: "text" * (n % 5 + 2),
    "two-byte str": lambda n: "ж" * (n % 50 + 2), "four-byte str": lambda n: "🎉" * (n % 9 + 2),
    "bytes": lambda n: b"ab" * (n % 100 + 2), "bytearray": lambda n: appended(bytearray(), n % 40 + 1),
    "memoryview": lambda n: memoryview(b"abc"), "tuple": lambda n: (n, few), "long tuple": lambda n: (n,) * 50,
    "empty list": lambda n: [], "list": lambda n: [n, n], "grown list": lambda n: appended([], n % 40 + 1),
    "empty dict": lambda n: {}, "dict": lambda n: {"a": n}, "grown dict": lambda n: dict.fromkeys(range(n % 40 + 1)),
    "empty set": lambda n: set(), "set": lambda n: {n, few[0]}, "grown set": lambda n: set(range(n % 40 + 1)),
    "frozenset": lambda n: frozenset((n, "a")), "range": lambda n: range(n), "slice": lambda n: slice(n),
    "instance": Plain, "of many attributes": Many, "with slots": lambda n: Slots(), "of a list class": lambda n: appended(OfList(), n % 30),
    "of a dict class": lambda n: OfDict(a=n), "of a tuple class": lambda n: OfTuple(few), "of an int class": OfInt,
    "of a str class": lambda n: OfStr("text" * (n % 20)), "function": lambda n: (lambda: 0), "method": lambda n: one.__init__,
    "built-in method": lambda n: few.append, "generator": lambda n: numbers(), "list iterator": lambda n: iter(few),
    "reversed": lambda n: reversed(few), "range iterator": lambda n: iter(range(3)), "property": lambda n: property(numbers),
    "weakref": lambda n: weakref.ref(one, print), "cell": types.CellType, "namespace": lambda n: types.SimpleNamespace(a=n, b=n),
    "deque": lambda n: appended(collections.deque(), n % 200), "OrderedDict": lambda n: collections.OrderedDict.fromkeys(range(n % 20)),
    "defaultdict": lambda n: collections.defaultdict(list, a=n), "array": lambda n: appended(array.array("d"), n % 60),
    "date": lambda n: datetime.date(2024, 1, 1), "datetime": lambda n: datetime.datetime(2024, 1, 1), "timedelta": datetime.timedelta,
    "Decimal": lambda n: decimal.Decimal(5), "count": itertools.count, "repeat": itertools.repeat,
    "StringIO": lambda n: filled(io.StringIO(), "text" * (n % 30)), "BytesIO": lambda n: filled(io.BytesIO(), b"text" * (n % 100)),
    "match": lambda n: re.match("a(b)", "ab"), "Lock": lambda n: threading.Lock(), "RLock": lambda n: threading.RLock(),
    "Random": lambda n: random.Random(5), "SimpleQueue": lambda n: put(queue.SimpleQueue(), n % 40),
    "attrgetter's kin": lambda n: functools.cmp_to_key(print),
}


def given_and_told(make):
    held = [None] * N
    for i in range(N):
        make(i)
    gc.collect()
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    for i in range(N):
        held[i] = make(i)
    given = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    told = sum(sys.getsizeof(o) - (8 if type(o).__flags__ & TRACKED else 0) for o in held)
    return given / N, told / N


gc.disable()
for name, make in makers.items():
    given, told = given_and_told(make)
    if abs(given - told) > 8 + given / 8:  # blocks are a little larger than what was asked for
        print(f"{name}: {given:.0f} given, {told:.0f} told")
print(len(makers), "types")
