"""How long the program stands still for the collector, with a million live containers: milliseconds of CPU time.

Rounds of a few small allocations are timed one by one; those in which the collector ran are its pauses. Every round makes
some garbage cycles, replaces some of the living, and now and then keeps something for good, so that all generations fill.
"""
import gc
import sys
from time import thread_time_ns

LIVE = 1_000_000
ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 else 400_000


class Node:
    def __init__(self, other):
        self.other = other


def live():
    made = []
    for i in range(LIVE // 4):
        node = Node(made[i // 2] if i else None)
        made.append(node)
        node.pair = (node, [node])
        node.table = {"node": node}
    return made


def work(made, kept):
    """The time of each round in which a collection ran, or a part of one: that is where fewer objects are young than before."""
    pauses = []
    step = 7919
    young, begin = 0, thread_time_ns()
    for i in range(ROUNDS):
        a, b = Node(None), Node(None)
        a.other, b.other = b, a
        made[i * step % len(made)].pair = (a, [b])
        if i % 4 == 0:
            kept.append([a])
        before, young = young, gc.get_count()[0]
        last, begin = begin, thread_time_ns()
        if young < before:
            pauses.append(begin - last)
    return pauses


gc.disable()
made = live()
gc.collect()
gc.enable()
pauses = sorted(work(made, []))
for name, value in (("p50", pauses[len(pauses) // 2]), ("p99", pauses[len(pauses) * 99 // 100]), ("max", pauses[-1])):
    print(name, value / 1e6)
