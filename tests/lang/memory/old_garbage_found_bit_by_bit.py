# Cycles that became garbage when they were old are found by automatic collections, with a large heap alive beside them: each
# finalizer and callback runs once, what was linked anew meanwhile stays.
import gc
import weakref


class Node:
    def __init__(self, other=None):
        self.other = other


class Last(Node):
    def __del__(self):
        ended.append(self.number)


def ring(cls, number, length=3):
    first = node = cls()
    for _ in range(length - 1):
        node.other = cls()
        node = node.other
        node.number = number
    node.other = first
    first.number = number
    return first


ended, called = [], []
live = [Node((i, [i])) for i in range(120_000)]
for i, node in enumerate(live):
    node.table = {"next": live[i * 7919 % len(live)]}
dead = [ring(Last, i) for i in range(500)]
kept = [ring(Node, i) for i in range(500)]
watch = [weakref.ref(node, called.append) for node in dead]
gc.collect()
del dead[:], node
moved = kept.pop()
more = []
while len(ended) < 1500 and len(more) < 1_500_000:
    more.append([moved])
    if len(more) % 50 == 0:
        live[len(more) % len(live)].ring, moved = moved, kept[len(more) % len(kept)]
print(len(ended), sorted(ended) == sorted(list(range(500)) * 3), len(called), all(ref() is None for ref in watch))
print(all(node.other.other.other is node and node.other.number == node.number for node in kept))
print(all(node.table["next"] is live[i * 7919 % len(live)] and node.other == (i, [i]) for i, node in enumerate(live)))
print(gc.get_stats()[2]["collections"] > 1)
