"""What a job may leave behind: threads in every kind of wait, in a finalizer, in the middle of output, and at work."""
import gc
import queue
import random
import sys
import threading
import time

sys.setswitchinterval(0.0005)
lock = threading.Lock()
lock.acquire()


class Slow:
    def __del__(self):
        time.sleep(0.001)
        threading.Thread(target=print, args=("from a finalizer",)).start()


def spin():
    while True:
        cycle = [[]]
        cycle[0].append(cycle)


def collect():
    while True:
        gc.collect()


def talk():
    while True:
        print("x" * 9)
        if random.random() < 0.01:
            time.sleep(0.001)


def finalize():
    while True:
        Slow()


waits = (lock.acquire, queue.Queue().get, threading.Event().wait, lambda: time.sleep(100))
for work in (spin, collect, talk, finalize, *waits):
    for _ in range(3):
        threading.Thread(target=work, daemon=True).start()
joined = threading.Thread(target=time.sleep, args=(0.02,))
joined.start()
time.sleep(0.05)
print("left")
