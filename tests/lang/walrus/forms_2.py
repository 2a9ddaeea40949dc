# Assignment expressions everywhere they may stand.
if (n := 10) > 5: print(n)
while (n := n - 3) > 0: print(n, end=" ")
def f(x=(dflt := 3)): return x, dflt
def g():
    total = 0; r = [total := total + i for i in range(5)]; return r, total
def h():
    global glob; [glob := i for i in range(3)]; return glob
def outer():
    nl = 0
    def inner(): nonlocal nl; return [nl := nl + i for i in range(4)]
    return inner(), nl
data = iter([3, 2, 0, 5])
while chunk := next(data, None): print("chunk", chunk)
class C:
    attr = (z1 := 5) + 1
import re
for text in ("k=v", "none"):
    if (m := text.partition("="))[1]: print("pair", m)
    elif (p := text.upper()): print(p)
assert (chk := 1)
cases = [
    "(x := 1) += 2",
    "def f(a := 1): pass",
    "def f(a=(b := 1)): pass",
    "x[y := 1]",
    "x[y := 1, z := 2]",
    "x[(y := 1):2]",
    "x[y := 1:2]",
    "{x := 1}",
    "{x := 1: 2}",
    "{(x := 1): 2}",
    "{1: x := 2}",
    "@x := y\ndef f(): pass",
    "with x := y: pass",
    "with (x := y): pass",
    "assert x := 1",
    "return_ = (yield (x := 1))",
    "if x := 1: pass",
    "while x := f(): pass",
    "for x := 1 in y: pass",
]
for c in cases:
    try: compile(c, "<w>", "exec")
    except SyntaxError as e: print(c, "|", e.msg)
    else: print(c, "| ok")
