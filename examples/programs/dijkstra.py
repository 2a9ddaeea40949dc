"""Shortest ways through a generated road map, by Dijkstra and by A*.

    dijkstra.py [WIDTH HEIGHT SEED]
"""
import sys


class Heap:
    """A pairing of keys and a binary heap with decrease-key."""

    def __init__(self):
        self.items, self.where = [], {}

    def __bool__(self):
        return bool(self.items)

    def push_or_lower(self, key, priority):
        if key not in self.where:
            self.where[key] = len(self.items)
            self.items.append((priority, key))
        elif priority >= self.items[self.where[key]][0]:
            return
        else:
            self.items[self.where[key]] = priority, key
        self.up(self.where[key])

    def swap(self, i, j):
        items = self.items
        items[i], items[j] = items[j], items[i]
        self.where[items[i][1]], self.where[items[j][1]] = i, j

    def up(self, i):
        while i and self.items[i] < self.items[(i - 1) // 2]:
            self.swap(i, (i - 1) // 2)
            i = (i - 1) // 2

    def pop(self):
        self.swap(0, len(self.items) - 1)
        priority, key = self.items.pop()
        del self.where[key]
        i = 0
        while True:
            child = min((c for c in (2 * i + 1, 2 * i + 2) if c < len(self.items)), key=self.items.__getitem__, default=None)
            if child is None or self.items[i] <= self.items[child]:
                return key, priority
            self.swap(i, child)
            i = child


def numbers(seed):
    while True:
        seed = (seed * 1664525 + 1013904223) % 2 ** 32
        yield seed >> 16


class RoadMap:
    """A grid of towns; some roads are missing, each has a length."""

    SHORTEST = 3

    def __init__(self, width, height, seed):
        self.width, self.height = width, height
        random = numbers(seed)
        self.roads = {(x, y): {} for y in range(height) for x in range(width)}
        for x, y in self.roads:
            for other in ((x + 1, y), (x, y + 1)):
                if other in self.roads and next(random) % 100 >= 22:
                    length = self.SHORTEST + next(random) % 3
                    self.roads[x, y][other] = self.roads[other][x, y] = length

    def search(self, start, goal, estimate=lambda town: 0):
        """(distance, way, towns visited); the distance is None where there is no way."""
        heap, distance, before, done = Heap(), {start: 0}, {}, set()
        heap.push_or_lower(start, estimate(start))
        while heap:
            town, _ = heap.pop()
            done.add(town)
            if town == goal:
                return distance[goal], self.way(before, goal), len(done)
            for neighbour, length in self.roads[town].items():
                via = distance[town] + length
                if neighbour not in done and via < distance.get(neighbour, float("inf")):
                    distance[neighbour], before[neighbour] = via, town
                    heap.push_or_lower(neighbour, via + estimate(neighbour))
        return None, [], len(done)

    def bound(self, goal):
        """An estimate of the distance to `goal` that is never too high."""
        return lambda town: self.SHORTEST * (abs(town[0] - goal[0]) + abs(town[1] - goal[1]))

    @staticmethod
    def way(before, town):
        towns = [town]
        while town in before:
            town = before[town]
            towns.append(town)
        return towns[::-1]

    def picture(self, way):
        on_way = set(way)
        return "\n".join("".join("*" if (x, y) in on_way else "." if self.roads[x, y] else " "
                                 for x in range(self.width)).rstrip() for y in range(self.height))


def main(argv):
    width, height, seed = (int(arg) for arg in argv[1:4]) if len(argv) > 3 else (48, 16, 11)
    roads = RoadMap(width, height, seed)
    goal = (width - 1, height - 1)
    print(f"{len(roads.roads)} towns, {sum(map(len, roads.roads.values())) // 2} roads")
    distance, way, visited = roads.search((0, 0), goal)
    print(f"Dijkstra: distance {distance}, {len(way)} towns on the way, {visited} visited")
    again, other, fewer = roads.search((0, 0), goal, roads.bound(goal))
    print(f"A*:       distance {again}, {len(other)} towns on the way, {fewer} visited")
    if distance is not None:
        assert distance == again == sum(roads.roads[a][b] for a, b in zip(way, way[1:]))
        print(roads.picture(way))
    lonely = [town for town, others in roads.roads.items() if not others]
    print("towns without a road:", lonely)
    if lonely:
        print("search for one of them:", roads.search((0, 0), lonely[0])[0])


if __name__ == "__main__":
    main(sys.argv)
