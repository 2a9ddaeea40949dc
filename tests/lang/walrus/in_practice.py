# The walrus in loops, comprehensions, conditions and calls.
import io
f = io.StringIO("one\ntwo\n\nthree\n")
while line := f.readline():
    if not (s := line.strip()): continue
    print(s, len(s))
print([y for x in range(5) if (y := x * x) > 3], y, {w: n for w in "aab" if (n := "aab".count(w))}, [(last := c) for c in "xyz"], last)
if (n := len("hello")) > 3 and (m := n * 2): print(n, m)
def find(p, xs): return hit if any(p(hit := x) for x in xs) else None
print(find(lambda v: v > 2, [1, 3, 5]), find(lambda v: v > 9, [1]))
print((a := 5) + (b := a * 2), a, b, max(c := [3, 1], key=lambda v: v), c, f"{(d := 'in f')!r}", d, [e := 1, e + 1], (g := lambda v: v + 1)(2), g(5))
total = 0; print([total := total + v for v in (1, 2, 3)], total); p = [1, 1]; [p.append(q := p[-1] + p[-2]) for _ in range(5)]; print(p, q)
def loop():
    stack, out = [3], []
    while stack and (top := stack.pop()) >= 0: out.append(top); stack.append(top - 1)
    return out, top
print(loop()); data = {"k": {"v": 5}}
if (inner := data.get("k")) and (v := inner.get("v")) and v > 3: print(v)
print(not (z := 0), z, (s := [1, 2]) + s, (t := 1, t + 1), t, 1 if (u := 0) else u, (lambda: (w := 9, w))(), all((bad := x) < 3 for x in (1, 2, 5)), bad)
class K:
    x = [(cnt := 1), cnt + 1]
print(K.x, K.cnt); i = 0
while (i := i + 1) < 5:
    if i == 3: break
else: i = "never"
print(i)
