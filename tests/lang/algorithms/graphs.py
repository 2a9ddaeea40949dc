# BFS, DFS, topological order, components, spanning tree, Floyd-Warshall.
from collections import deque
g = {"a": ["b", "c"], "b": ["d"], "c": ["d", "e"], "d": ["f"], "e": ["f"], "f": []}
def bfs(s):
    seen, q, out = {s}, deque([s]), []
    while q:
        v = q.popleft(); out.append(v)
        for w in g[v]:
            if w not in seen: seen.add(w); q.append(w)
    return out
def dfs(v, seen=None):
    seen = seen if seen is not None else []
    seen.append(v)
    for w in g[v]:
        if w not in seen: dfs(w, seen)
    return seen
def topo():
    deg = {v: 0 for v in g}
    for v in g:
        for w in g[v]: deg[w] += 1
    ready, out = sorted(v for v in g if not deg[v]), []
    while ready:
        v = ready.pop(0); out.append(v)
        for w in g[v]:
            deg[w] -= 1
            if not deg[w]: ready.append(w)
    return out
def paths(a, b, way=()):
    way += (a,)
    if a == b: yield "".join(way)
    for w in g[a]: yield from paths(w, b, way)
edges = [(4, "a", "b"), (1, "a", "c"), (2, "c", "b"), (5, "b", "d"), (8, "c", "d"), (3, "d", "e")]
def kruskal():
    parent = {}
    def find(x):
        while parent.setdefault(x, x) != x: x = parent[x]
        return x
    out = []
    for w, a, b in sorted(edges):
        if find(a) != find(b): parent[find(a)] = find(b); out.append((a, b, w))
    return out, sum(w for *_, w in out)
def floyd():
    vs = sorted({v for _, *e in edges for v in e}); inf = float("inf"); d = {(a, b): 0 if a == b else inf for a in vs for b in vs}
    for w, a, b in edges: d[a, b] = d[b, a] = w
    for k in vs:
        for i in vs:
            for j in vs: d[i, j] = min(d[i, j], d[i, k] + d[k, j])
    return [[d[a, b] for b in vs] for a in vs]
print(bfs("a"), dfs("a"), topo(), list(paths("a", "f")), kruskal(), floyd(), sep="\n")
grid = ["S.#.", "..#.", ".##.", "...E"]
def maze():
    pos = {c: (r, k) for r, row in enumerate(grid) for k, c in enumerate(row) if c in "SE"}; q, dist = deque([pos["S"]]), {pos["S"]: 0}
    while q:
        r, c = q.popleft()
        if (r, c) == pos["E"]: return dist[r, c]
        for dr, dc in ((0, 1), (1, 0), (0, -1), (-1, 0)):
            n = r + dr, c + dc
            if 0 <= n[0] < 4 and 0 <= n[1] < 4 and grid[n[0]][n[1]] != "#" and n not in dist: dist[n] = dist[r, c] + 1; q.append(n)
print(maze())
