# Counter arithmetic and views in detail.
from collections import Counter
a, b = Counter(x=3, y=1, z=0, n=-2), Counter(x=1, y=2, w=4)
print(a + b, a - b, b - a, a & b, a | b, +a, -a, a == b, a != b, a <= b, a < a, Counter(x=1) <= Counter(x=2), Counter() == Counter(z=0), a.total(), len(a), sorted(a.elements()), a.most_common(), b.most_common(1), b.most_common(0), b.most_common(99))
c = Counter("hello world"); print(c.most_common(3), c["l"], c["q"], "q" in c, sum(c.values()), sorted(c)[:3], list(c.items())[:2], max(c.values()), [k for k, v in c.items() if v == 1], Counter(c) == c, c.copy() is c, dict(c)["o"])
c.update(["l", "l"]); c.subtract("h"); c["new"] += 5; del c["w"]; c["neg"] -= 1; print(c["l"], c["h"], c["new"], "w" in c, c["neg"]); c += Counter(); print("neg" in c, "h" in c); c.clear(); print(c, bool(c))
d = Counter(a=1); d |= Counter(a=3, b=1); d &= Counter(a=2, b=5); d += {"a": 1} if 0 else Counter(a=1); d -= Counter(b=9); print(d); print(Counter({"a": 1.5, "b": 2}), Counter([("x", 1), ("x", 1)]), Counter(range(3)), Counter({1: 2}, k=3) if 0 else Counter({1: 2}), Counter(b"aab"), Counter(None or []), sum([Counter("a"), Counter("ab")], Counter()), Counter("aabb").most_common(), Counter(["b", "a", "b"]).most_common())
for e in ("Counter(1)", "Counter('a', 'b')", "Counter('a').update(5)", "Counter('a') + {'a': 1}", "Counter('a') < 1", "Counter.fromkeys('ab', 1)", "Counter('a').most_common(1.5)", "Counter(a=1) == {'a': 1}", "Counter(a='x').total()", "Counter(a=None).elements().__next__()"):
    try: print(e, "=", eval(e))
    except Exception as x: print(e, "->", type(x).__name__, x)
