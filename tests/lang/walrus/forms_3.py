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
    "(x: int := 1)",
    "(True := 1)",
    "(None := 1)",
    "(__debug__ := 1)",
    "[i for i in (i := r)]",
    "[i for i in r if (i := 1)]",
    "class C: [(x := 1) for i in r]",
    "(await x := 1)",
    "print((x := 1, y := 2))",
    "(x, y := 1, 2)",
    "f'{x:=5}'",
    "f'{(x:=5)}'",
    "x = yield := 1",
    "lambda x := 1: 0",
    "lambda x=(y := 1): 0",
    "not x := 1",
    "(*x := 1)",
]
for c in cases:
    try: compile(c, "<w>", "exec")
    except SyntaxError as e: print(c, "|", e.msg)
    else: print(c, "| ok")
