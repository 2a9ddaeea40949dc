"""heapq, deque, bisect: shortest paths, breadth-first search, merging, a sorted list kept by bisection."""
import heapq
from bisect import bisect_left, insort
from collections import deque


def graph(n):
    return [[((i * 7 + 3 * k + 1) % n, (i * k) % 17 + 1) for k in range(1, 5)] for i in range(n)]


def dijkstra(edges, start):
    distance, todo = {start: 0}, [(0, start)]
    while todo:
        d, at = heapq.heappop(todo)
        if d > distance[at]:
            continue
        for to, cost in edges[at]:
            if d + cost < distance.get(to, 1 << 30):
                distance[to] = d + cost
                heapq.heappush(todo, (d + cost, to))
    return distance


def breadth_first(edges, start):
    depth, todo = {start: 0}, deque([start])
    while todo:
        at = todo.popleft()
        for to, _ in edges[at]:
            if to not in depth:
                depth[to] = depth[at] + 1
                todo.append(to)
    return depth


edges = graph(25000)
print(sum(dijkstra(edges, 0).values()), max(breadth_first(edges, 0).values()))
numbers = [(i * 7919) % 100003 for i in range(80000)]
heapq.heapify(numbers)
print(sum(heapq.heappop(numbers) * i for i in range(40000)), heapq.nlargest(3, numbers))
kept = []
for i in range(30000):
    insort(kept, (i * 7919) % 10007)
print(kept[100], bisect_left(kept, 5000), sum(heapq.merge(kept, kept)))
