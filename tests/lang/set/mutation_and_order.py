# Adding, removing, growing; iteration while changing.
s = set()
for i in range(1000): s.add(i * 7 % 1013)
print(len(s), sum(s), min(s), max(s), 7 in s, 2000 in s)
for i in range(0, 1013, 2): s.discard(i)
print(len(s), all(x % 2 for x in s)); s.clear(); print(s, len(s)); s.add("one"); print(s, s.pop(), s)
for change in ("s.add(100)", "s.remove(1)", "s.clear()", "s.discard(99)", "s.pop()"):
    s = {1, 2, 3}
    try:
        for x in s: exec(change)
        print(change, "finished", len(s))
    except (RuntimeError, KeyError) as e: print(change, "->", type(e).__name__, e)
for f in (lambda: set().pop(), lambda: {1}.remove(2), lambda: frozenset().pop, lambda: {1}.remove([]), lambda: {1}.discard({}), lambda: {1}.add({}), lambda: {1}.remove({1}), lambda: {frozenset({1})}.remove({1})):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
class H:
    def __init__(self, n): self.n = n
    def __hash__(self): return 1
    def __eq__(self, o): return self.n == o.n
    def __repr__(self): return f"H{self.n}"
hs = {H(i) for i in range(10)}; print(len(hs), H(5) in hs, H(50) in hs); hs.remove(H(5)); print(len(hs), H(5) in hs, H(6) in hs); hs.add(H(5)); print(len(hs | {H(99)}))
a = set("hello"); b = a; b.add("z"); print(a is b, "z" in a); c = a.copy(); c.add("q"); print("q" in a); t = {1}; t2 = t; t |= {2}; print(t2); t = t | {3}; print(t2)
print({1, 2, 3} - {2}, {x for x in "aab"} == {"a", "b"}, set([1, 2, 2]), set("ab") == {"b", "a"}, len({0, False, 0.0, ""}), set(range(3)), {None}, set({1: 2}), set([(1, 2), (1, 2)]), {(1,), (1.0,)}, [len({n}) for n in (1, "a")], bool(set()), bool({0}))
