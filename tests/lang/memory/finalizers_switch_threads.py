# A finalizer that waits lets other threads run in the midst of the collection: they make, link and drop what they like.
import gc
import threading
import time


class Waits:
    def __init__(self, number):
        self.number, self.me = number, self

    def __del__(self):
        running.set()
        time.sleep(0.01)
        ended.append(self.number)


def other():
    while not done:
        running.wait()
        nested.append(gc.collect())  # one is under way
        pair = [[], []]
        pair[0].append(pair)
        shared.append(pair)
        if len(shared) > 10:
            shared.clear()
        time.sleep(0.001)


running, done, ended, nested, shared = threading.Event(), False, [], [], []
gc.collect()
gc.disable()  # all of them are to be found at once
for i in range(5):
    Waits(i)
thread = threading.Thread(target=other)
thread.start()
found = gc.collect()
gc.enable()
done = True
running.set()
thread.join()
print(found >= 5, ended, len(nested) > 3, nested[0])
gc.collect()
print(len(gc.garbage), gc.collect())


# A finalizer that brings its object back to another thread, which drops it for good.
class Back:
    def __del__(self):
        handed.append(self)
        time.sleep(0.01)


def drops():
    while len(dropped) < 3:
        if handed:
            handed.pop().me = None
            dropped.append(1)
        time.sleep(0.001)


handed, dropped = [], []
for i in range(3):
    back = Back()
    back.me = back
del back
thread = threading.Thread(target=drops)
thread.start()
gc.collect()
thread.join()
print(len(dropped), len(handed), sum(isinstance(o, Back) for o in gc.get_objects()))
