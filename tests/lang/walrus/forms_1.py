# Assignment expressions everywhere they may stand.
if (n := 10) > 5: print(n)
while (n := n - 3) > 0: print(n, end=" ")
print(n, [y := 1, y + 1, y ** 2], (z := 5, z), {"k": (w := 2), w: w}, [x for x in range(6) if (h := x % 3)], h, any((hit := v) > 2 for v in [1, 3, 5]), hit)
print((a := 1) + (a := 2), a, (b := (c := 3) + 1), b, c, f"{(d := 7)}", d, print(e := 4), e, len(s := "abc"), s, (lambda: (q := 9))(), (t := 1, 2), t, [i := 5, i][1], (u := [])is u)
def f(x=(dflt := 3)): return x, dflt
print(f(), (lambda p: (p := p + 1))(4))
def g():
    total = 0; r = [total := total + i for i in range(5)]; return r, total
print(g())
def h():
    global glob; [glob := i for i in range(3)]; return glob
print(h(), glob)
def outer():
    nl = 0
    def inner(): nonlocal nl; return [nl := nl + i for i in range(4)]
    return inner(), nl
print(outer())
data = iter([3, 2, 0, 5])
while chunk := next(data, None): print("chunk", chunk)
print((m := {"a": 1}).get("a"), (o := "x" "y").upper(), not (k := 0), k, (l := 1) if (j := 0) else (l := 2), l, j, [(r, r2 := r * 2) for r in range(2)], r2, max(mx := [1, 2]), (v := w) == w, {(key := "K"): key})
class C:
    attr = (z1 := 5) + 1
print(C.attr, C.z1)
import re
for text in ("k=v", "none"):
    if (m := text.partition("="))[1]: print("pair", m)
    elif (p := text.upper()): print(p)
assert (chk := 1)
print(chk)
cases = [
    "x := 1",
    "(x := 1)",
    "f(x := 1)",
    "f(a=x := 1)",
    "f(a=(x := 1))",
    "x = y := 1",
    "x = (y := 1)",
    "lambda: x := 1",
    "lambda: (x := 1)",
    "[x := 1 for i in y]",
    "[(i := 1) for i in y]",
    "[[(j := 0) for i in r] for j in r]",
    "(x.y := 1)",
    "(x[0] := 1)",
    "((a, b) := 1)",
    "(1 := 2)",
    "(f() := 1)",
    "del (x := 1)",
    "(x := 1) = 2",
]
for c in cases:
    try: compile(c, "<w>", "exec")
    except SyntaxError as e: print(c, "|", e.msg)
    else: print(c, "| ok")
