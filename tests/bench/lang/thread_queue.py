"""Threads: a queue from producers to consumers, a lock around a counter, an event, thread-local values."""
import queue
import threading

tasks, results, lock, counter = queue.Queue(50), queue.SimpleQueue(), threading.Lock(), [0]


def produce(first, n):
    for i in range(first, first + n):
        tasks.put(i)


def consume():
    while (i := tasks.get()) is not None:
        with lock:
            counter[0] += i
        results.put(i * i % 97)


producers = [threading.Thread(target=produce, args=(k * 8000, 8000)) for k in range(2)]
consumers = [threading.Thread(target=consume) for _ in range(2)]
for t in producers + consumers:
    t.start()
for t in producers:
    t.join()
for _ in consumers:
    tasks.put(None)
for t in consumers:
    t.join()
print(counter[0], sum(results.get() for _ in range(16000)))
for _ in range(200000):
    with lock:
        counter[0] += 1
local, event = threading.local(), threading.Event()
for i in range(70000):
    local.value = i
    event.set()
    counter[0] += local.value % 2 + event.is_set()
print(counter[0])
