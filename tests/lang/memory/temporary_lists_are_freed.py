# Large temporaries are gone after their expression.
import weakref, gc
class L(list): pass
refs = []
def make(n): l = L(range(n)); refs.append(weakref.ref(l)); return l
sum(make(1000)); len(make(10)); make(5)[0]; sorted(make(100)); [x for x in make(10)]; max(make(3)); make(2) + [1]; str(make(4)); print([r() for r in refs]); refs.clear()
for x in make(3): alive = refs[0]() is not None
print(alive, refs[0]()); refs.clear(); it = iter(make(3)); print(refs[0]() is not None); list(it); print(refs[0]()); refs.clear(); a, *b = make(4); print(refs[0](), a, b); refs.clear(); x = make(2) or []; print(refs[0]() is x); x = None; print(refs[0]()); refs.clear(); d = dict.fromkeys(make(3)); print(refs[0](), d); refs.clear(); t = tuple(make(2)); z = zip(make(2), make(2)); print([r() is not None for r in refs]); next(z); del z; print([r() is not None for r in refs])
