"""Graph algorithms on a road map: Dijkstra, A*, Kruskal, Tarjan, topological sort, max flow, PageRank."""
from __future__ import annotations
import heapq
import itertools
import math
from collections import defaultdict, deque
from dataclasses import dataclass, field
from functools import cache, reduce
from typing import Callable, Generic, Hashable, Iterable, TypeVar

N = TypeVar("N", bound=Hashable)


@dataclass(slots=True)
class Graph(Generic[N]):
    directed: bool = False
    adj: dict[N, dict[N, float]] = field(default_factory=lambda: defaultdict(dict))

    def add(self, a: N, b: N, w: float = 1.0) -> Graph[N]:
        self.adj[a][b] = w
        if self.directed:
            self.adj.setdefault(b, {})
        else:
            self.adj[b][a] = w
        return self

    @classmethod
    def parse(cls, text: str, **kw) -> Graph[str]:
        g = cls(**kw)
        for line in filter(None, map(str.strip, text.splitlines())):
            a, _, rest = line.partition("-")
            b, _, w = rest.partition(":")
            g.add(a.strip(), b.strip(), float(w or 1))
        return g

    def edges(self):
        seen = set()
        for a, nbrs in self.adj.items():
            for b, w in nbrs.items():
                key = (a, b) if self.directed else frozenset((a, b))
                if key not in seen:
                    seen.add(key)
                    yield a, b, w

    def dijkstra(self, source: N) -> tuple[dict[N, float], dict[N, N]]:
        dist, prev, heap = {source: 0.0}, {}, [(0.0, source)]
        while heap:
            d, u = heapq.heappop(heap)
            if d > dist[u]:
                continue
            for v, w in self.adj[u].items():
                if (nd := d + w) < dist.get(v, math.inf):
                    dist[v], prev[v] = nd, u
                    heapq.heappush(heap, (nd, v))
        return dist, prev

    def path(self, source: N, target: N) -> list[N]:
        dist, prev = self.dijkstra(source)
        if target not in dist:
            raise LookupError(f"no path {source!r} -> {target!r}")
        out = [target]
        while out[-1] != source:
            out.append(prev[out[-1]])
        return out[::-1]

    def bfs(self, source: N) -> Iterable[tuple[N, int]]:
        queue, seen = deque([(source, 0)]), {source}
        while queue:
            node, depth = queue.popleft()
            yield node, depth
            for nxt in sorted(self.adj[node]):
                if nxt not in seen:
                    seen.add(nxt)
                    queue.append((nxt, depth + 1))

    def kruskal(self):
        parent = {n: n for n in self.adj}

        def find(x):
            while parent[x] != x:
                parent[x] = parent[parent[x]]
                x = parent[x]
            return x
        total, chosen = 0.0, []
        for a, b, w in sorted(self.edges(), key=lambda e: (e[2], e[0], e[1])):
            if (ra := find(a)) != (rb := find(b)):
                parent[ra] = rb
                chosen.append((a, b))
                total += w
        return total, chosen

    def tarjan(self) -> list[list[N]]:
        index, low, stack, on, out, counter = {}, {}, [], set(), [], itertools.count()

        def visit(v):
            index[v] = low[v] = next(counter)
            stack.append(v)
            on.add(v)
            for w in self.adj[v]:
                if w not in index:
                    visit(w)
                    low[v] = min(low[v], low[w])
                elif w in on:
                    low[v] = min(low[v], index[w])
            if low[v] == index[v]:
                comp = []
                while True:
                    w = stack.pop()
                    on.discard(w)
                    comp.append(w)
                    if w == v:
                        break
                out.append(sorted(comp))
        for v in list(self.adj):
            if v not in index:
                visit(v)
        return out

    def topo(self) -> list[N]:
        indeg = {v: 0 for v in self.adj}
        for _, b, _ in self.edges():
            indeg[b] += 1
        ready = [v for v, d in indeg.items() if d == 0]
        heapq.heapify(ready)
        out = []
        while ready:
            v = heapq.heappop(ready)
            out.append(v)
            for w in self.adj[v]:
                indeg[w] -= 1
                if not indeg[w]:
                    heapq.heappush(ready, w)
        if len(out) != len(indeg):
            raise ValueError("cycle among " + ", ".join(sorted(set(indeg) - set(out))))
        return out

    def max_flow(self, s: N, t: N) -> float:
        cap = {u: dict(v) for u, v in self.adj.items()}
        for u in list(cap):
            for v in self.adj[u]:
                cap.setdefault(v, {}).setdefault(u, 0.0)
        flow = 0.0
        while True:
            prev, queue = {s: s}, deque([s])
            while queue and t not in prev:
                u = queue.popleft()
                for v, c in cap[u].items():
                    if c > 1e-12 and v not in prev:
                        prev[v] = u
                        queue.append(v)
            if t not in prev:
                return flow
            path, v = [], t
            while v != s:
                path.append((prev[v], v))
                v = prev[v]
            push = min(cap[a][b] for a, b in path)
            for a, b in path:
                cap[a][b] -= push
                cap[b][a] += push
            flow += push

    def pagerank(self, d=0.85, rounds=30):
        nodes = list(self.adj)
        rank = dict.fromkeys(nodes, 1 / len(nodes))
        for _ in range(rounds):
            new = {n: (1 - d) / len(nodes) for n in nodes}
            for n in nodes:
                share = rank[n] / (len(self.adj[n]) or len(nodes))
                for m in self.adj[n] or nodes:
                    new[m] += d * share
            rank = new
        return rank


ROADS = """
 Oslo - Bergen: 463
 Oslo - Trondheim: 494
 Bergen - Stavanger: 209
 Oslo - Kristiansand: 320
 Kristiansand - Stavanger: 233
 Trondheim - Bodo: 708
 Bodo - Tromso: 540.5
"""
g = Graph.parse(ROADS)
print(sum(w for *_, w in g.edges()), len(g.adj), g.path("Stavanger", "Tromso"),
    g.dijkstra("Oslo")[0]["Stavanger"])
print(list(g.bfs("Bodo")), g.kruskal())
try:
    g.path("Oslo", "Paris")
except LookupError as e:
    print(type(e).__name__, e)
d = Graph.parse("a-b\nb-c\nc-a\nc-d\nd-e\ne-d\nf-f", directed=True)
print(sorted(d.tarjan()), {k: round(v, 6) for k, v in sorted(d.pagerank().items())})
t = Graph.parse("shirt-tie\ntie-jacket\npants-shoes\npants-belt\nbelt-jacket\nsocks-shoes", directed=True)
print(t.topo())
try:
    d.topo()
except ValueError as e:
    print(e)
f = Graph.parse("s-a:10\ns-b:5\na-b:15\na-t:5\nb-t:10", directed=True)
print(f.max_flow("s", "t"))
GRID = ["..#.....", ".##.###.", "....#...", ".####.#.", "......#."]
def astar(grid, start, goal):
    h = lambda p: abs(p[0] - goal[0]) + abs(p[1] - goal[1])
    tie = itertools.count()
    heap, best = [(h(start), next(tie), 0, start, None)], {}
    while heap:
        _, _, cost, node, parent = heapq.heappop(heap)
        if node in best:
            continue
        best[node] = parent
        if node == goal:
            out = []
            while node:
                out.append(node)
                node = best[node]
            return out[::-1]
        r, c = node
        for nr, nc in ((r + 1, c), (r, c + 1), (r - 1, c), (r, c - 1)):
            if 0 <= nr < len(grid) and 0 <= nc < len(grid[0]) and grid[nr][nc] != "#":
                heapq.heappush(heap, (cost + 1 + h((nr, nc)), next(tie), cost + 1, (nr, nc), node))
    return None
p = astar(GRID, (0, 0), (0, 7))
print(len(p), p[:5])
for r, row in enumerate(GRID):
    print("".join("*" if (r, c) in p else ch for c, ch in enumerate(row)))
@cache
def tsp(at, left):
    return min((g2[at][n] + tsp(n, left - {n}) for n in left), default=g2[at][0])
g2 = [[abs(i * i - j * j) % 17 + 1 for j in range(8)] for i in range(8)]
print(tsp(0, frozenset(range(1, 8))), tsp.cache_info().currsize, Graph(), Graph.__slots__)
