# Many instances of several shapes, compared and dropped.
class P:
    def __init__(self, x, y): self.x, self.y = x, y
class S:
    __slots__ = ("x", "y")
    def __init__(self, x, y): self.x, self.y = x, y
class L(list): pass
class E: pass
ps = [P(i, -i) for i in range(20000)]; ss = [S(i, -i) for i in range(20000)]; ls = [L([i]) for i in range(5000)]; es = [E() for _ in range(5000)]
print(sum(p.x + p.y for p in ps), sum(s.x for s in ss), sum(l[0] for l in ls), len(set(map(id, ps + ss + ls + es))))
for i, e in enumerate(es): setattr(e, f"a{i % 50}", i)
print(sum(getattr(e, f"a{i % 50}") for i, e in enumerate(es))); del ps[::2], ss[1::2]; print(len(ps), ps[5].x, ss[5].x); ps.sort(key=lambda p: p.y); print(ps[0].x, ps[-1].x); ps += [P(1, 2)] * 3; print(ps[-1] is ps[-2]); ps.clear(); ss = None; print(len(ps))
import gc; gc.collect(); objs = [type(f"C{i}", (), {"v": i})() for i in range(200)]; print(sum(o.v for o in objs), len({type(o) for o in objs})); del objs; print(gc.collect() > 0)
