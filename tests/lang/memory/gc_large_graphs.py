# Large garbage: rings, stars, trees, grids, cliques.
import gc
gc.collect(); gc.disable()
class N: pass
def ring(n):
    ns = [N() for _ in range(n)]
    for i in range(n): ns[i].next = ns[i - 1]
def star(n):
    c = N(); c.leaves = [N() for _ in range(n)]
    for l in c.leaves: l.c = c
def tree(d, p=None):
    n = N(); n.p = p; n.kids = [tree(d - 1, n) for _ in range(2)] if d else []; return n
def grid(n):
    g = [[N() for _ in range(n)] for _ in range(n)]
    for i in range(n):
        for j in range(n): g[i][j].r, g[i][j].d = g[i][(j + 1) % n], g[(i + 1) % n][j]
def clique(n):
    ns = [N() for _ in range(n)]
    for a in ns: a.all = ns
def chain_of_rings(n):
    prev = None
    for _ in range(n): a, b = N(), N(); a.b, b.a, a.prev = b, a, prev; prev = a
for f, n, least in ((ring, 5000, 5000), (star, 5000, 5000), (lambda d: tree(d), 10, 2000), (grid, 60, 3600), (clique, 500, 500), (chain_of_rings, 2000, 4000)):
    f(n); print(gc.collect() >= least, gc.collect())
keep = [N() for _ in range(1000)]
for a, b in zip(keep, keep[1:]): a.n, b.p = b, a
print(gc.collect()); del keep[500:]; a = b = None; print(gc.collect()); keep[-1].n = None; print(gc.collect() >= 499, len(keep)); gc.enable()
