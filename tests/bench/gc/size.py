"""Resident bytes of one object, from a few hundred thousand of each kind held at once."""
import gc
import sys

COUNT = 400_000
kind = sys.argv[1]


class Node:
    def __init__(self, a, b):
        self.a = a
        self.b = b


class Slotted:
    __slots__ = ("a", "b")

    def __init__(self, a, b):
        self.a = a
        self.b = b


class Link:
    def __init__(self, value, next):
        self.value = value
        self.next = next


def resident():
    with open("/proc/self/statm") as f:
        return int(f.read().split()[1]) * 4096


def linked():
    node = None
    for i in range(COUNT):
        node = [i % 200, node]
    return node


MAKERS = {
    "instance": lambda: [Node(1, i % 200) for i in range(COUNT)],
    "slots": lambda: [Slotted(1, i % 200) for i in range(COUNT)],
    "list_node": linked,
    "tuple": lambda: [(1, i % 200) for i in range(COUNT)],
    "dict": lambda: [{"a": 1, "b": i % 200} for i in range(COUNT)],
}

gc.collect()
before = resident()
keep = MAKERS[kind]()
print(kind, (resident() - before) / COUNT)
