"""Full collections over a million live containers, and of a million garbage pairs: seconds of CPU time."""
import gc
from time import thread_time

COUNT = 1_000_000


class Node:
    def __init__(self, other):
        self.other = other


class Slotted:
    __slots__ = ("other",)

    def __init__(self, other):
        self.other = other


def chain(make):
    """COUNT containers, each of which refers to one made a while before."""
    made = []
    for i in range(COUNT):
        made.append(make(made[i // 2] if i else made))
    return made


def shuffled(make):
    """The same in an order that memory does not have."""
    made = chain(make)
    step = 7919
    return [made[i * step % COUNT] for i in range(COUNT)]


def least(repeat, run):
    times = []
    for _ in range(repeat):
        begin = thread_time()
        run()
        times.append(thread_time() - begin)
    return min(times)


def live(name, make, build=chain):
    keep = build(make)
    gc.collect()
    print("live", name, least(3, gc.collect))
    del keep


def pair_of_lists():
    a, b = [], []
    a.append(b)
    b.append(a)


def pair_of_dicts():
    a, b = {}, {}
    a["other"] = b
    b["other"] = a


def pair_of(cls):
    def make():
        a = cls(None)
        a.other = cls(a)
    return make


def dead(name, make):
    def collect():
        for _ in range(COUNT):
            make()
        begin = thread_time()
        found = gc.collect()
        times.append(thread_time() - begin)
        assert found >= 2 * COUNT, found
    times = []
    collect()
    collect()
    print("garbage", name, min(times))


gc.disable()
live("lists", lambda other: [other])
live("tuples", lambda other: (other, None))
live("dicts", lambda other: {"other": other})
live("instances", Node)
live("slots", Slotted)
live("shuffled", Node, shuffled)
dead("lists", pair_of_lists)
dead("dicts", pair_of_dicts)
dead("instances", pair_of(Node))
dead("slots", pair_of(Slotted))
