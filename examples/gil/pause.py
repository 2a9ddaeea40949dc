"""How long a collection lets others wait: a thread of its own worker, and another worker."""
import gc
import sys
import threading
import time


class Node:
    pass


def longest_pause(is_over):
    """Looks at the clock all the time; the longest time between two looks, in milliseconds."""
    longest, last = 0, time.monotonic()
    while not is_over():
        now = time.monotonic()
        longest, last = max(longest, now - last), now
    return round(longest * 1000, 1)


def collection():
    """A million objects that refer to themselves; the time that one collection of them takes, in milliseconds."""
    gc.disable()
    for _ in range(1_000_000):
        node = Node()
        node.me = node
    begin = time.monotonic()
    gc.collect()
    return round((time.monotonic() - begin) * 1000, 1)


def role(name):
    if name == "collect":
        return collection()
    end = time.monotonic() + 2
    return longest_pause(lambda: time.monotonic() > end)


if __name__ == "__main__":
    sys.setswitchinterval(0.001)
    pauses, over = [], threading.Event()
    beating = threading.Thread(target=lambda: pauses.append(longest_pause(over.is_set)))
    beating.start()
    took = collection()
    over.set()
    beating.join()
    print(took, pauses[0])
