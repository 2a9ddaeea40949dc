# One default list for all calls; None as the way out.
def bad(x, acc=[]): acc.append(x); return acc
def good(x, acc=None): acc = [] if acc is None else acc; acc.append(x); return acc
print(bad(1), bad(2), bad(3, []), bad(4), good(1), good(2), good(3, [0])); print(bad.__defaults__, good.__defaults__, bad(5) is bad.__defaults__[0]); bad.__defaults__[0].clear(); print(bad(6))
class C:
    shared = []
    def __init__(self): self.own = []
a, b = C(), C(); a.shared.append(1); a.own.append(2); print(b.shared, b.own, C.shared, a.shared is b.shared, a.own is b.own); a.shared = [9]; print(b.shared, a.shared, vars(a)); m = [[0] * 2] * 2; m[0][0] = 1; print(m); m = [[0] * 2 for _ in range(2)]; m[0][0] = 1; print(m); d = dict.fromkeys("ab", []); d["a"].append(1); print(d); d = {k: [] for k in "ab"}; d["a"].append(1); print(d)
