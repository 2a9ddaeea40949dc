"""Threads that create, link and drop cyclic garbage, with finalizers, weak references, locks, queues, output and collections of every
generation in between. Arguments: seconds, threads. Says how many rounds each did at least; every object is gone at the end."""
import contextvars
import gc
import queue
import random
import sys
import threading
import time
import weakref

SECONDS, THREADS = float(sys.argv[1]), int(sys.argv[2])
SHELVES = 64

sys.setswitchinterval(0.0005)
shelves = [None] * SHELVES
letters = queue.Queue(50)
guard, condition, gate = threading.RLock(), threading.Condition(), threading.Semaphore(5)
own = threading.local()
here = contextvars.ContextVar("here")
known = weakref.WeakSet()
by_name = weakref.WeakValueDictionary()
rescued, told = [], [0]
end, begin = None, threading.Event()
rounds = [0] * THREADS


class Node:
    def __init__(self, name):
        self.name, self.links, self.me = name, [], self


class Slotted:
    __slots__ = ("name", "links", "__weakref__")

    def __init__(self, name):
        self.name, self.links = name, [self]


class Finalized(Node):
    def __del__(self):
        if len(self.links) % 7 == 0 and len(rescued) < 20:
            rescued.append(self)
        if len(self.links) % 5 == 0:
            with guard:
                told[0] += 1
        self.links.clear()


def gone(ref):
    told[0] += 1


def ring(chance):
    kinds = (Node, Slotted, Finalized)
    made = [chance.choice(kinds)(n) for n in range(chance.randrange(2, 24))]
    for one, other in zip(made, made[1:] + made[:1]):
        one.links.append(other)
    return made


def chain(made):
    """A generator that holds a frame that holds the ring."""
    for node in made:
        yield node


def one_round(chance, refs):
    made = ring(chance)
    place = chance.randrange(SHELVES)
    refs.append(weakref.ref(made[0], gone))
    known.add(made[-1])
    by_name[chance.randrange(100)] = made[-1]
    if shelves[place] is not None:
        made[0].links.append(shelves[place])
    shelves[place] = made[-1]
    walk = chain(made)
    next(walk)
    made[0].links.append(walk)
    if len(refs) > 20:
        refs.clear()
    what = chance.random()
    if what < 0.02:
        shelves[:] = [None] * SHELVES
        rescued.clear()
    elif what < 0.022:
        gc.collect(chance.randrange(3))
    elif what < 0.04:
        with guard, gate:
            time.sleep(0)
    elif what < 0.06:
        try:
            letters.put_nowait(made)
        except queue.Full:
            while not letters.empty():
                try:
                    letters.get_nowait()
                except queue.Empty:
                    break
    elif what < 0.07:
        with condition:
            condition.notify_all() if chance.random() < 0.5 else condition.wait(0.002)
    elif what < 0.08:
        print("round", len(known), sum(1 for _ in by_name.valuerefs()))
    elif what < 0.09:
        own.ring, own.more = made, lambda: made
        here.set(made)
    elif what < 0.1:
        short = threading.Thread(target=ring, args=(random.Random(place),))
        short.start()
        short.join()
    elif what < 0.11:
        try:
            raise ValueError(made)
        except ValueError as error:
            made[0].links.append(error)
    elif what < 0.112:
        sum(map(len, map(gc.get_referents, made)))


def work(number):
    chance, refs = random.Random(number), []
    begin.wait()
    while time.monotonic() < end:
        one_round(chance, refs)
        rounds[number] += 1


threads = [threading.Thread(target=work, args=(number,)) for number in range(THREADS)]
for thread in threads:
    thread.start()
end = time.monotonic() + SECONDS
begin.set()
for thread in threads:
    thread.join()
del thread
threads.clear()
shelves.clear()
own.__dict__.clear()
while not letters.empty():
    letters.get()
for _ in range(5):
    rescued.clear()
    gc.collect()
left = sum(isinstance(o, (Node, Slotted)) for o in gc.get_objects())
print(f"{min(rounds)} to {max(rounds)} rounds of each thread, {left} objects left", file=sys.stderr)
sys.exit(left != 0 or min(rounds) == 0)
