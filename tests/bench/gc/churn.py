"""Making and releasing objects: seconds of CPU time for a million of each kind, made singly or held together first."""
from time import thread_time

COUNT = 1_000_000


class Node:
    def __init__(self, a, b):
        self.a = a
        self.b = b


class Slotted:
    __slots__ = ("a", "b")

    def __init__(self, a, b):
        self.a = a
        self.b = b


def measure(name, run):
    times = []
    for _ in range(3):
        begin = thread_time()
        run()
        times.append(thread_time() - begin)
    print(name, min(times))


def singly_tuples(x=1):
    for i in range(COUNT):
        (i, x)


def singly_lists(x=1):
    for i in range(COUNT):
        [i, x]


def singly_dicts(x=1):
    for i in range(COUNT):
        {"a": i, "b": x}


def singly_instances(x=1):
    for i in range(COUNT):
        Node(i, x)


def singly_slots(x=1):
    for i in range(COUNT):
        Slotted(i, x)


def together_tuples(x=1):
    [(i, x) for i in range(COUNT)]


def together_lists(x=1):
    [[i, x] for i in range(COUNT)]


def together_dicts(x=1):
    [{"a": i, "b": x} for i in range(COUNT)]


def together_instances(x=1):
    [Node(i, x) for i in range(COUNT)]


def together_slots(x=1):
    [Slotted(i, x) for i in range(COUNT)]


for kind in ("tuples", "lists", "dicts", "instances", "slots"):
    measure(f"singly {kind}", globals()[f"singly_{kind}"])
for kind in ("tuples", "lists", "dicts", "instances", "slots"):
    measure(f"together {kind}", globals()[f"together_{kind}"])
