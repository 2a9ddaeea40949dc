"""A bank with several tellers, simulated by events in a priority queue.

    event_simulation.py [CUSTOMERS TELLERS SEED]
"""
import math
import sys
from collections import deque


class PriorityQueue:
    """A binary heap of (time, sequence, event); equal times keep their order."""

    def __init__(self):
        self.heap = []
        self.sequence = 0

    def __len__(self):
        return len(self.heap)

    def push(self, time, event):
        self.sequence += 1
        heap = self.heap
        heap.append((time, self.sequence, event))
        child = len(heap) - 1
        while child:
            parent = (child - 1) // 2
            if heap[parent] <= heap[child]:
                break
            heap[parent], heap[child] = heap[child], heap[parent]
            child = parent

    def pop(self):
        heap = self.heap
        last = heap.pop()
        if not heap:
            return last
        first, heap[0] = heap[0], last
        parent, size = 0, len(heap)
        while (child := 2 * parent + 1) < size:
            if child + 1 < size and heap[child + 1] < heap[child]:
                child += 1
            if heap[parent] <= heap[child]:
                break
            heap[parent], heap[child] = heap[child], heap[parent]
            parent = child
        return first


class Random:
    """A small linear congruential generator: the same numbers everywhere."""

    def __init__(self, seed):
        self.state = seed

    def uniform(self):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2 ** 64
        return (self.state >> 11) / 2 ** 53

    def exponential(self, mean):
        return -mean * math.log(1.0 - self.uniform())


class Customer:
    def __init__(self, number, arrival, patience):
        self.number, self.arrival, self.patience = number, arrival, patience
        self.served = self.left = None

    def __lt__(self, other):
        return self.number < other.number


class Bank:
    def __init__(self, customers, tellers, random, arrival_mean=1.0, service_mean=2.6, patience_mean=12.0):
        self.remaining, self.tellers, self.random = customers, tellers, random
        self.arrival_mean, self.service_mean, self.patience_mean = arrival_mean, service_mean, patience_mean
        self.queue, self.events = deque(), PriorityQueue()
        self.busy = 0
        self.now = self.busy_time = 0.0
        self.done, self.gave_up = [], []
        self.longest = 0

    def after(self, delay, action, *args):
        self.events.push(self.now + delay, (action.__name__, args))

    def arrive(self, number):
        customer = Customer(number, self.now, self.random.exponential(self.patience_mean))
        self.queue.append(customer)
        self.longest = max(self.longest, len(self.queue))
        self.after(customer.patience, self.lose_patience, customer)
        if number < self.remaining:
            self.after(self.random.exponential(self.arrival_mean), self.arrive, number + 1)
        self.serve_next()

    def serve_next(self):
        while self.queue and self.busy < self.tellers:
            customer = self.queue.popleft()
            customer.served = self.now
            self.busy += 1
            service = self.random.exponential(self.service_mean)
            self.busy_time += service
            self.after(service, self.finish, customer)

    def finish(self, customer):
        self.busy -= 1
        customer.left = self.now
        self.done.append(customer)
        self.serve_next()

    def lose_patience(self, customer):
        if customer.served is None:
            self.queue.remove(customer)
            customer.left = self.now
            self.gave_up.append(customer)

    def run(self):
        self.after(0.0, self.arrive, 1)
        handled = 0
        while self.events:
            self.now, _, (name, args) = self.events.pop()
            getattr(self, name)(*args)
            handled += 1
        return handled


def percentile(values, p):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(p / 100 * len(ordered)))]


def main(argv):
    customers, tellers, seed = (int(arg) for arg in argv[1:4]) if len(argv) > 3 else (500, 3, 2024)
    bank = Bank(customers, tellers, Random(seed))
    events = bank.run()
    waits = [c.served - c.arrival for c in bank.done]
    print(f"{events} events in {bank.now:.2f} minutes")
    print(f"served {len(bank.done)}, gave up {len(bank.gave_up)}, longest queue {bank.longest}")
    print(f"waiting: mean {sum(waits) / len(waits):.3f}, median {percentile(waits, 50):.3f}, "
          f"p95 {percentile(waits, 95):.3f}, max {max(waits):.3f}")
    print(f"tellers busy {100 * bank.busy_time / (tellers * bank.now):.1f}% of the time")
    print("first to give up:", [c.number for c in bank.gave_up[:8]])


if __name__ == "__main__":
    main(sys.argv)
