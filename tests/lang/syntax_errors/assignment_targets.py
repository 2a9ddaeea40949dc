# Assignment, deletion and augmented assignment to what cannot be assigned.
T = """1 = x
None = 1
True = 1
f() = 1
x + 1 = 2
-x = 1
not x = 1
x if y else z = 1
lambda: x = 1
"s" = 1
f"s" = 1
(1, 2) = x
[1] = x
(a, 1) = x
{a} = 1
{} = 1
{1: 2} = x
[x for x in y] = 1
(x for x in y) = 1
x < y = 1
x and y = 1
... = 1
(yield) = 1
await x = 1
x.y() = 1
x() += 1
1 += 1
(a, b) += 1
[a] += 1
None += 1
x + 1 += 1
a, b += 1
*a = x
*a, *b = x
(*a) = x
[*a, *b] = c
del 1
del f()
del x + 1
del (a, 1)
del None
del [a, f()]
del *a
del (*a, b)
del a if b else c
del "s"
del {a}
for 1 in x: pass
for f() in x: pass
for x + 1 in y: pass
for None in x: pass
for *a in x: pass
for (a, 1) in x: pass
with x as 1: pass
with x as f(): pass
with x as (a, 1): pass
with x as None: pass
[x for 1 in y]
[x for f() in y]
x: int: str = 1
(a, b): int
[a]: int
a, b: int
f(): int
1: int
x.y: int = 1
x[0]: int
(x): int
x = y = 1 = z
a = 1 = b
import x as 1
import x.y as z.w
from a import b as 1
def f(1): pass
x = *y
x = *y,
return *a
print(*a) = 1
a := 1
x = yield = 1
x == 1 = 2
x = 1 == y = 2
(x) = 1
((x)) = 1
() = 1
x, = 1
a.b.c = 1
a[b][c] = 1
a() .b = 1
"a".b = 1
{}[1] = 2
f()[0] += 1
x !=  = 3
if x = 1: pass
while x = 1: pass
f(a.b=1)
f(1=2)
f(None=1)
f(x()=1)
dict(a+b=1)
{x = 1}
[x = 1]
(x = 1)
assert x = 1
return x = 1
elif x: pass
(a=1)"""
for src in T.split("\n"):
    try: compile(src, "<t>", "exec")
    except SyntaxError as e: print(f"{src} | {e.msg} | {e.lineno}:{e.offset}-{e.end_lineno}:{e.end_offset}")
    else: print(f"{src} | ok")
