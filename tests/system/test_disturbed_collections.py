"""Collections that meet the job's limits, and graphs as deep as memory allows."""
import unittest

from support import SANITIZED, SystemTest, run_code

# The quota is reached in finalizers and callbacks, while the garbage they belong to is taken apart.
IN_FINALIZERS = """
import gc, weakref
class Greedy:
    def __init__(self): self.me, self.pad = self, bytearray(1000)
    def __del__(self):
        global refused
        try: kept.append(bytearray(200_000_000))
        except MemoryError: refused += 1
class Plain: pass
def called(ref):
    global refused
    try: kept.append([0] * 100_000_000)
    except MemoryError: refused += 1
refused, kept, refs = 0, [], []
gc.disable()
for _ in range(100):
    Greedy()
    plain = Plain(); plain.me = plain
    refs.append(weakref.ref(plain, called))
del plain
found = gc.collect()
print(refused, found >= 200, kept, sum(ref() is None for ref in refs), gc.collect())
"""
# A finalizer does not catch it: that is told and forgotten, and the collection goes on.
UNCAUGHT = """
import gc
class Greedy:
    def __init__(self): self.me = self
    def __del__(self): self.more = bytearray(200_000_000)
for _ in range(3): Greedy()
print(gc.collect() >= 3, [o for o in gc.get_objects() if isinstance(o, Greedy)])
"""
# What was refused when the heap was full of garbage fits after a collection; with automatic ones it is never full.
FULL_OF_GARBAGE = """
import gc
class Node:
    def __init__(self): self.me, self.pad = self, [0] * 100
def fill(limit):
    made = 0
    try:
        while made < limit:
            Node()
            made += 1
    except MemoryError:
        pass
    return made
gc.disable()
first = fill(1_000_000)
freed = gc.collect()
second = fill(20_000)
gc.enable()
third = fill(200_000)
print(first < 100_000, freed > 10_000, second, third)
"""
# The collector's own tables grow with the heap they are in.
FULL_OF_OBJECTS = """
import gc
kept = []
try:
    while True: kept.append([kept])
except MemoryError:
    pass
many = len(kept)
found = gc.collect()
while len(kept) > many // 2: kept.pop()
kept.extend([kept] for _ in range(many // 8))
print(many > 100_000, found, len(kept) > many // 2)
"""
ENDLESS = """
import gc
class Endless:
    def __init__(self): self.me = self
    def __del__(self):
        print("begun", flush=True)
        while True: pass
Endless()
gc.collect()
"""
DEEP = """
class Node:
    __slots__ = ("next",)
for make in (lambda: (chain,), lambda: [chain], lambda: setattr(node := Node(), "next", chain) or node):
    chain = None
    for _ in range(10_000_000): chain = make()
    chain = None
    print("freed")
"""


class AtTheLimit(SystemTest):
    def run_limited(self, code, *options):
        done = run_code(code, "--memory", "64M", *options, timeout=120)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done

    def test_in_finalizers_and_callbacks(self):
        self.assertEqual(self.run_limited(IN_FINALIZERS).stdout, "200 True [] 100 0\n")

    def test_uncaught(self):
        done = self.run_limited(UNCAUGHT)
        self.assertEqual(done.stdout, "True []\n")
        self.assertEqual(done.stderr.count("MemoryError"), 3)
        self.assertEqual(done.stderr.count("Exception ignored in: <function Greedy.__del__"), 3)

    def test_a_heap_full_of_garbage(self):
        for mode in ("incremental", "whole"):
            self.assertEqual(self.run_limited(FULL_OF_GARBAGE, "--gc", mode).stdout, "True True 20000 200000\n")

    def test_a_heap_full_of_objects(self):
        for mode in ("incremental", "whole"):
            self.assertEqual(self.run_limited(FULL_OF_OBJECTS, "--gc", mode).stdout, "True 0 True\n")

    def test_a_finalizer_that_does_not_end(self):
        done = run_code(ENDLESS, "--timeout", "1s", timeout=60)
        self.assertEqual((done.returncode, done.stdout), (124, "begun\n"), done.stderr)


class Deep(SystemTest):
    @unittest.skipIf(SANITIZED, "takes several times the memory")
    def test_chains_of_ten_millions_are_freed_at_once(self):
        done = run_code(DEEP, "--memory", "2G", timeout=300)
        self.assertEqual((done.returncode, done.stdout), (0, "freed\n" * 3), done.stderr)
