# Objects with __del__ in cycles are finalized and freed.
import gc
gc.collect(); gc.disable()
class A:
    def __init__(self, n): self.n = n
    def __del__(self): print("del", self.n, self.other.n)
a, b = A("a"), A("b"); a.other, b.other = b, a; del a, b
print(gc.collect() > 0, gc.garbage)
class R:
    kept = []
    def __del__(self): R.kept.append(self)
r = R(); r.me = r; s = [r]; r.s = s; del r, s
gc.collect(); print(len(R.kept), R.kept[0].me is R.kept[0], R.kept[0].s[0] is R.kept[0])
R.kept.clear(); print(gc.collect() > 0, len(R.kept))
class New:
    def __del__(self):
        n = New2(); n.x = n; print("made new garbage")
class New2: pass
n = New(); n.n = n; del n; gc.collect(); print(gc.collect() > 0)
class Break:
    def __del__(self): print("break"); self.other = None
x, y = Break(), Break(); x.other, y.other = y, x; del x, y; gc.collect(); print("done")
gc.enable()
