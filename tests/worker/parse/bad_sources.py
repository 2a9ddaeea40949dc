"""Sources that are no Python, or nearly none: (mode, flags, source) for compare.py. FLAGS are compile()'s."""

LINES = r"""
a b
a b c
x = 
x = a b
= 1
1 = x
f() = 1
f(x)[0] = 1
x + 1 = 2
x == 1 = 2
None = 1
True = 1
False += 1
... = 1
"a" = 1
f"a" = 1
f"{a}" = 1
b"a" = 1
1j = x
(a, 1) = x
(a, f()) = x
[a, b()] = x
[a, *b()] = x
*a, b + 1 = x
a, b += 1
(a, b) += 1
[a] += 1
f() += 1
1 += 1
a + b += 1
x if y else z = 1
x if y else z += 1
lambda: 1 = 2
lambda: x = 2
not x = 1
-x = 1
x and y = 1
x < y = 1
await x = 1
(yield) = 1
yield = 1
x = yield = 1
x = yield y = 1
(yield) += 1
{} = 1
{1: 2} = 1
{1} = 1
[x for x in y] = 1
{x for x in y} = 1
{x: y for x in y} = 1
(x for x in y) = 1
(x for x in y) += 1
__debug__ = 1
x: int: 3
a, b: int
(a, b): int
[a]: int
[a, b]: int = 3
((a, b)): int
f(): int
1: int
"a": int
a + 1: int
x: 
x: int =
x: int = yield y z
del f()
del 1
del a, f()
del (a, b + 1)
del (a, *b)
del [a, *b]
del *a
del *a, b
del a b
del
del a +
del (a) b
del x if y else z
del x for x in y
del None
del {}
del lambda: 1
del f"{a}"
del (yield)
del a.b()
del a[1](2)
return return
return x y
raise x from
raise from x
raise x y
raise x, y
raise x from y from z
raise *x
assert
assert x y
assert x,
assert x = y
assert (x = y)
assert x, y, z
assert x == y, 
import
import a.
import a b
import a as
import a as b.c
import a as b as c
import a,
import .a
import (a)
import *
import a, b,
from
from x
from x import
from x import a,
from x import a, b,
from x import (a
from x import (a,,b)
from x import ()
from x import (a b)
from x import a b
from x import a as
from x import a as b.c
from x import a.b
from x import *, a
from x import (*)
from . import
from .. import a,
from ... x import y
from .x.y. import z
from import a
from x import (a as b, c as d e)
from __future__ import barry_as_FLUFL x
global
global x, 
global x.y
global (x)
global x y
nonlocal
nonlocal x = 1
pass x
pass 1
break x
continue x
x = (1, 2
x = [1, 2
x = {1, 2
x = (1, 2]
x = 1)
x = 1]
x = 1}
x = ([)]
x = (1 2)
x = [1 2]
x = {1 2}
x = {1: 2 3: 4}
x = {1: 2, 3}
x = {1: 2, 3 4}
x = {1: }
x = {1: , 2: 3}
x = {1: *a}
x = {1: 2, 3: *a}
x = {1: **a}
x = {**a: 1}
x = {*a: 1}
x = {1, 2: 3}
x = {1, **a}
x = {**a, 1}
x = {1: 2, **a, 3}
x = {1: 2, 3:}
x = {1:2, 3=4}
x = {a=1}
x = {a=1, b=2}
x = {"a"=1}
x = {1: a=2}
x = {:}
x = {1::2}
x = {a:=1: 2}
x = {(a:=1): 2 b}
x = {1: 2, for x in y}
x = {1: 2 for x in y, 3}
x = {**a for a in b}
x = {*a for a in b}
x = [*a for a in b]
x = (*a for a in b)
x = f(*a for a in b)
x = [a, b for a in b]
x = {a, b for a in b}
x = (a, b for a in b)
x = [a, for a in b]
x = {a, for a in b}
x = [a, b, c for a in b]
x = [*a, b for a in b]
x = [x for x]
x = [x for x in]
x = [x for in y]
x = [x for 1 in y]
x = [x for f() in y]
x = [x for x, 1 in y]
x = [x for x in y if]
x = [x for x in y if z else w]
x = [x for x in y for]
x = [x for x in 1, 2]
x = [x for x in *y]
x = [x for x y in z]
x = [x async for x]
x = [x async y]
x = [x for x.y() in z]
x = [x for x in lambda: y, z]
x = [x if y for x in z]
x = [x := 1 for x in y z]
x = [y for x in y if x = 1]
x = [yield x]
x = [yield]
x = {yield}
x = (yield x, y for z in w)
x = (*a)
x = (**a)
x = (*a, *b
x = (*)
x = *a
*a
*a, b
print(*a b)
x = **a
x = a ** 
x = a **
x = *
x = a if b
x = a if b else
x = a if b else: c
x = a if b c
x = (a if b)
x = [a if b, c]
x = f(a if b, c)
x = a if else b
x = if a else b
x = a else b
x = a if b else c else d
x = (a if b:)
x = lambda
x = lambda x
x = lambda x:
x = lambda x y: 1
x = lambda (x): 1
x = lambda x=: 1
x = lambda *: 1
x = lambda 1: 1
x = lambda x, x=1, y: z
x = lambda x: yield
x = lambda: (yield
x = a and
x = and a
x = a or or b
x = not
x = a not b
x = a not in
x = a is
x = a is not
x = a in in b
x = a <> b
x = a ! b
x = a === b
x = a = = b
x == = 1
x =! 1
x = ! a
x = !a
x = a ? b : c
x = a++
x = ++a b
x++
x--
x = a && b
x = a || b
x = $a
x = `a`
x = a.1
x = a.
x = a..b
x = .a
x = a.if
x = a.b.
x = a.(b)
x = 1.a
x = 1..a b
x = a[
x = a[]
x = a[1
x = a[1:2:3:4]
x = a[1 2]
x = a[b c, d]
x = a[1,,2]
x = a[:,]b
x = a[*]
x = a[**b]
x = a[b=1]
x = a[b:=1:2]
x = a[b:c:=1]
x = a[*b:c]
x = a[lambda x:]
x = a[for]
f(
f(a
f(a b)
f(a, b c)
f(a b, c)
f(,)
f(a,,b)
f(a=)
f(a=1, b)
f(a=1, 2)
f(**a, b)
f(**a, *b)
f(a=1, *b, c)
f(**a, b=1, c)
f(a=1, b, c)
f(1=2)
f(a.b=1)
f(a[0]=1)
f(f()=1)
f("a"=1)
f(None=1)
f(True=1)
f(False=1)
f(a+b=1)
f((a)=1)
f(a=b=c)
f(a==b=c)
f(not a=1)
f(lambda: 1=2)
f(a:=1=2)
f(a=1 b=2)
f(a=1 for a in b)
f(a for a in b, c)
f(c, a for a in b)
f(c, a for a in b, d)
f(a for a in b, c for c in d)
f(a for a in b,)
f(a for a in b, )
f(*a, b for b in c)
f(**a, b for b in c)
f(a=1, b for b in c)
f(a, b=c for c in d)
f(a=b for b in c, d)
f(a) b
f(a)(b c)
f(a, *)
f(a, **)
f(*)
f(**)
f(* a = 1)
f(**a = 1)
f(*a=1)
f(a, b) = c, d = 1 2
f(x y for x in z)
f(a := b := c)
f(a.b := c)
f((a, b) := c)
f(a=(b c))
f(a if b)
f(if)
f(def)
f(a import b)
f(yield)
f(yield x)
f(return)
f(a;b)
f(a:b)
f(a, b: c)
f($)
a := 1
(a := 1) = 2
(a, b := 1, c) = 3
(a.b := 1)
(a[0] := 1)
((a) := 1)
(1 := 2)
(f() := 1)
(a + b := 1)
(a, b) := 1
[a, b] := 1
x = a := 1
x = (a = 1)
x = (a.b = 1)
x = (f() = 1)
x = (a == 1 = 2)
x = (a = 1 = 2)
x = [a = 1]
x = [a = 1, b]
x = [1 = a]
x = (None = 1)
x = ([] = 1)
x = ((a, b) = 1)
x = (a := )
x = (:= a)
(a = b)
(a = b c)
(a = 1 for a in b)
print a
print "a"
print a, b
print a +
print
print a b
print >>f, a
print -1
print (a) b
print(a) b
print a.b
print f(x)
print(a b)
print not a
print lambda: 1
print *a
print [1]
print {1}
print "a" % b, c
exec a
exec "a" in b
exec "a"
exec f()
exec a b
if a: print b
if a: exec "b"
for x in y: print x
x = print a
print print a
f(print a)
(print a)
[print a]
not a b
a not b
a.b c
a() b
a[0] b
1 2
1 a
"a" 1
"a" b
b "a"
kf"a"
bf"a"
ub"a"
fu"a"
rb"a" "b"
"a" b"b"
b"é"
b'\xz'
'\x'
'\x1'
'\u12'
'\U1234'
'\U12345678'
'\N'
'\N{'
'\N{}'
'\N{no such name}'
'é\x'
'\é\x1'
'é\N{foo}'
f'\N{foo}'
f'\N'
f'\N{'
f'\x'
f'a{b}\x'
'abc
"abc
'''abc
""\"abc
f'abc
f'''abc
'abc\
x = 'abc' 'def
x = ('abc' 'def
x = 1a
x = 1_
x = 1__0
x = 1_a
x = 0x
x = 0xg
x = 0x_
x = 0x1_
x = 0x1g
x = 0b
x = 0b2
x = 0b12
x = 0b1_
x = 0b1a
x = 0o
x = 0o8
x = 0o18
x = 0o1_
x = 00x
x = 01
x = 007
x = 0_7
x = 0_0
x = 00_
x = 09.5
x = 09e1
x = 09j
x = 09
x = 1e
x = 1e+
x = 1e-a
x = 1e1_
x = 1e_1
x = 1.e
x = 1.5_
x = 1._5
x = 1.5a
x = 1jx
x = 1j_
x = 1.5ja
x = 1if
x = 1or
x = 1 if 1else
x = 0xfor
x = 0xfo
x = 0b1and 2 3
x = 1_000_
x = 12and
x = 1andx
x = 1notx
x = 1in y z
x = 1isx
x = é b
é é
é = 1 = é é
"é" é
f("é" b)
f(é=1, é)
x = "é" 1a
é.1
€ = 1
a€ = 1
x = a€b
x = ”a”
x = “a”
x = a b
x = a​b
x = 1 − 2
x = ａ b
x = a•b
x = ²
x = a²
a;;b
;
a;
a; b c
a; ;
:
a:
,
a,,
a, b,
a,, b
.
..
...
... = 
@
@a
@a b
@a = 1
->
a -> b
\
\ a
a \ b
a \
x = 1 \ 
)
]
}
(
[
{
(]
[)
{)
((
(()
f(]
f([)
a[(]
{[}]
(a, [b, {c)
'a
else: pass
elif a: pass
except: pass
finally: pass
case a: pass
in
is
as
from a import b; c d
if
if a
if a:
if a b
if a b:
if a = 1: pass
if a.b = 1: pass
if f() = 1: pass
if a == 1 = 2: pass
if a = 1 b
if (a = 1): pass
if a := 1: b c
if a := 1 = 2: pass
if a pass
if a: pass else: pass
if a: pass; else: pass
if: pass
if a:: pass
if 1 = a: pass
if [] = a: pass
if None = a: pass
if a and b = c: pass
if not a = b: pass
if *a: pass
if a, b: pass
if yield: pass
if a: if b: pass
if a: for x in y: pass
if a else b: pass
if a then: pass
while
while a
while a pass
while a = 1: pass
while a: b c
while a, b: pass
for
for x
for x in
for x in y
for x in y pass
for x in y z
for x in y z: pass
for x: pass
for in y: pass
for 1 in y: pass
for f() in y: pass
for x, f() in y: pass
for x, 1 in y: pass
for (x, 1) in y: pass
for x + 1 in y: pass
for *x() in y: pass
for x in y if z: pass
for x = 1 in y: pass
for x not in y: pass
for x of y: pass
for x in y; pass
for x in : pass
for (x in y): pass
for x in (y): z w
for x, in y z: pass
for lambda: 1 in y: pass
for x if y else z in w: pass
for x.y() in z: pass
for "a" in y: pass
for x y in z: pass
for None in y: pass
for x in *y, z: a b
for (x := 1) in y: pass
for x == y in z: pass
for x < y in z: pass
for x in y in z: pass a
with
with a
with a pass
with a as
with a as 1: pass
with a as f(): pass
with a as b.c(): pass
with a as (b, 1): pass
with a as b c: pass
with a as b, c as 1: pass
with a, : pass
with a,: pass
with (a as b, c as d: pass
with (a as b, c as 1): pass
with (a as b, c as f()): pass
with (a, b) as 1: pass
with (a as b): pass c
with (a as b)
with (a, b)
with (a, b) pass
with (a, b): c d
with (a b): pass
with (a as b c): pass
with (a as b) as c: pass
with a as b
with a b: pass
with a as None: pass
with a as b = c: pass
with (a, b as c.d, e as f[0],): g h
with (): a b
with (a for a in b) as c: d e
with (yield): a b
with a as *b: pass
with a as b, : pass
with a as x + y: pass
with (*a): pass
with (a=1): pass
async
async x
async def
async with a: b c
async for x y
async for 1 in y: pass
async with a as 1: pass
async lambda: 1
async if a: pass
await
await await x
await = 1
x = await
await x y
def
def f
def f(
def f()
def f() pass
def f() -> : pass
def f() -> a
def f() -> a b: pass
def f: pass
def f): pass
def f(a b): pass
def f(a, a.b): pass
def f(1): pass
def f("a"): pass
def f(a=): pass
def f(a=1 b): pass
def f(a:): pass
def f(a: b c): pass
def f(a:=1): pass
def f((a)): pass
def f((a, b)): pass
def f(a, (b, c)): pass
def f(a, (b, c)=1): pass
def f(None): pass
def f(True, a): pass
def f(if): pass
def f(a, if): pass
def f(*a.b): pass
def f(a=1, b, c=2): pass
lambda a=1, b, c=2: d
f(m e)
f(ma te)
f(_ x)
def f(a, *): pass
def f(a, *, ): pass
def f(*, a b): pass
def f(**a, ): pass b
def f(a): b c
def f(a): return b c
def f(a) -> b: c d
def 1(): pass
def f.g(): pass
def f()(): pass
def lambda(): pass
def f():: pass
def print a
def f(a, *b, c, **d) -> e: f g
class
class A
class A pass
class A(
class A()
class A() pass
class A(a b): pass
class A(a=1, b): pass
class A(a for a in b): pass
class A(**a, *b): pass
class A(a, b=c, *d, **e): f g
class A.b: pass
class 1: pass
class A: b c
class A():: pass
class A(B)(C): pass
class A(B=): pass
try
try:
try: a
try: a b
try a
try pass
try: pass
except
except a
except a, b: pass
lambda x: y z
lambda: (a b)
lambda *a, **b: c d
lambda a, b=1, *, c, d=2, **e: f g
lambda **: 1
lambda a, /: b c
match
match x
match x:
match x y
match x = 1
match(x) y
match (x):
match *x:
match x, y z
match x: pass
match x: case 1: pass
match = 1 2
match[x y]
match.x y
match -x y
match x if y
case
case x
case x: pass
case = 1 2
type
type 1 = 2
type = 1 2
type(x) y
_ _
x = _ y
x = (case y)
x = (match y)
x = (y match)
f(match x)
""".split("\n")[1:-1]

FSTRINGS = r"""
f'{'
f'}'
f'{}'
f'{ }'
f'{!r}'
f'{:x}'
f'{=}'
f'{ =}'
f'{ !r}'
f'{a'
f'{a!'
f'{a!}'
f'{a!x}'
f'{a!rr}'
f'{a! r}'
f'{a!r }'
f'{a!r:'
f'{a!r:x'
f'{a:'
f'{a:x'
f'{a:{'
f'{a:{b'
f'{a:{b}'
f'{a:{}}'
f'{a:{b c}}'
f'{a:}}'
f'{a}}'
f'{a}}}'
f'{{a}'
f'{{}'
f'}}{'
f'{a b}'
f'{a b!r}'
f'{a b:c}'
f'{a b=}'
f'{a.}'
f'{a +}'
f'{+}'
f'{,}'
f'{a,,b}'
f'{a=b}'
f'{a:=b c}'
f'{(a:=b c)}'
f'{a$b}'
f'{$}'
f'{a ? b}'
f'{*a}'
f'{**a}'
f'{*a, b c}'
f'{yield a b}'
f'{await}'
f'{lambda x: 1}'
f'{lambda: 1}'
f'{lambda x}'
f'{(lambda x: 1 2)}'
f'{if}'
f'{for x in y}'
f'{x for x in}'
f'{x = 1}'
f'{x == }'
f'{x != }'
f'{x < }'
f'{x > 1 2}'
f'{x >= }'
f'{x -> y}'
f'{(a}'
f'{a)}'
f'{[a}'
f'{a]}'
f'{[a)}'
f'{(a]}'
f'{{a}}}'
f'{a[b}'
f'{a(b c)}'
f'{a(b=1, c)}'
f'{a(b c)!r:>{d}}'
f'{"a}'
f'{"a" "b}'
f'{a["b}'
f'{1a}'
f'{0x}'
f'{01}'
f'{1__0}'
f'{b"é"}'
f'{"a" b"b"}'
f'{print a}'
f'{None = 1}'
f'{a := 1}'
f'{é b}'
f'é{a b}'
f'{€}'
f'{f"{a b}"}'
f'{f"{}"}'
f'{f"}"}'
f'a' f'{b c}'
f'{b c}' f'{d e}'
'a' f'{b c}' 'd'
f'{a}' f'{}'
rf'{a b}'
fr'\{a b}'
F'{a b}'
x = f'{a b}' + c d
x = [f'{a b}', c d]
x = c d + f'{a b}'
f(f'{a b}')
  f'{a b}'
f'{a b}' 'x
f'{a b}' (
f'{a b}' )
f'{a
f'''{a
f'''{a b}'''
f'''{
f'''{a'''
f'''}'''
f''' x {a b} '''
u'a' f'{b c}'
""".split("\n")[1:-1]

BLOCKS = [
    "def f(a=1,\n  b,\n  **c): pass", "def f(a=1,\n  b,\n  c): pass", "lambda a=1, b, \\\n  **c: d",
    "if 1:\nx", "if 1:\n", "if 1:\n\n\n", "if 1:\n# c\n", "if 1:\n  x\n y", "if 1:\n  x\n   y", "  x", "\tx", " \n  x",
    "x\n  y", "x\n\ty\n", "if 1:\n\tx\n        y\n", "if 1:\n        x\n\ty\n", "if 1:\n  x\n\ty\n",
    "if 1:\n    x\n  y\nz", "if 1:\n    if 2:\n        x\n  y\n", "if 1:\n  x\nelse\n  y", "if 1:\n  x\nelse:\ny",
    "if 1:\n  x\nelif\n", "if 1:\n  x\nelif 2\n  y", "if 1:\n  x\nelif 2:\ny", "if 1:\n  x\nelif 2:\n  y\nelse:\nz",
    "if 1:\n  x\nelse:\n  y\nelse:\n  z", "if 1:\n  x\nelif 1 = 2:\n  y", "if 1\n  x", "if 1 x:\n  y", "if 1:\n  x y\n",
    "if 1:\n  x = \n", "if 1:\n  x = (\ny = 1\n", "if 1:\n  x = (1\n\ndef f():\n  pass\n", "while 1:\nx", "while 1\n  x",
    "while 1:\n  x\nelse:\ny", "while 1:\n  x\nelse\n  y", "for x in y:\nz", "for x in y\n  z", "for x in y:\n  z\nelse:\nw",
    "for x in y:\n  z\nelse w", "async for x in y:\nz", "async for x in y\n  z", "with a:\nb", "with a\n  b", "with a as b:\nc",
    "with (a):\nb", "with (a, b):\nc", "with (a as b, c):\nd", "with (a as b, c)\n  d", "with (a, b) as c\n  d", "async with a:\nb",
    "async with (a):\nb", "async with a\n  b", "def f():\nx", "def f()\n  x", "def f(a, b:\n  x", "def f() -> a:\nb", "async def f():\nx",
    "async def f()\n  x", "class A:\nx", "class A\n  x", "class A():\nx", "class A(B)\n  x", "class A(B, c=1):\nx", "class A(B c):\n  x",
    "try:\nx", "try\n  x", "try:\n  x", "try:\n  x\ny", "try:\n  x\nexcept", "try:\n  x\nexcept:\ny", "try:\n  x\nexcept\n  y",
    "try:\n  x\nexcept A\n  y", "try:\n  x\nexcept A:\ny", "try:\n  x\nexcept A as b:\ny", "try:\n  x\nexcept A as b\n  y",
    "try:\n  x\nexcept A, B:\n  y", "try:\n  x\nexcept A, B as c:\n  y", "try:\n  x\nexcept A, B, C:\n  y",
    "try:\n  x\nexcept* A:\ny", "try:\n  x\nexcept*:\n  y", "try:\n  x\nexcept*\n  y", "try:\n  x\nexcept* A\n  y",
    "try:\n  x\nexcept* A, B:\n  y", "try:\n  x\nexcept A:\n  y\nexcept* B:\n  z", "try:\n  x\nexcept* A:\n  y\nexcept B:\n  z",
    "try:\n  x\nexcept* A:\n  y\nexcept:\n  z", "try:\n  x\nexcept A as b.c:\n  y", "try:\n  x\nexcept A as 1:\n  y",
    "try:\n  x\nexcept A as b c:\n  y", "try:\n  x\nexcept A b:\n  y", "try:\n  x\nfinally:\ny", "try:\n  x\nfinally\n  y",
    "try:\n  x\nfinally:\n  y\nexcept:\n  z", "try:\n  x\nelse:\n  y", "try:\n  x\nexcept:\n  y\nelse:\nz",
    "try:\n  x\nexcept:\n  y\nelse:\n  z\nexcept:\n  w", "try:\n  x\nexcept:\n  y z\n", "try:\n  x y\nexcept:\n  z",
    "try:\n  x\nexcept A:\n  y\nexcept B:\nz", "try:\n  pass\n  except: pass", "try: pass\nexcept x: y z",
    "match x:\ncase 1: pass", "match x:\n  case 1:\n  pass", "match x:\n  case 1\n    pass", "match x:\n  pass", "match x\n  case 1: pass",
    "match x:\n  case: pass", "match x:\n  case 1 2: pass", "match x:\n  case a, a b: pass", "match x:\n  case a.b(c d): pass",
    "match x:\n  case A(b=1, c): pass", "match x:\n  case A(b=1, c, d=2): pass", "match x:\n  case A(b=1, 2, 3): pass",
    "match x:\n  case a as _: pass", "match x:\n  case a as b.c: pass", "match x:\n  case a as 1: pass", "match x:\n  case a as f(): pass",
    "match x:\n  case a as (b, c): pass", "match x:\n  case a as b as c: pass", "match x:\n  case 1 + 2: pass",
    "match x:\n  case 1j + 2: pass", "match x:\n  case 1 + 2j + 3: pass", "match x:\n  case -1 + 2j: a b", "match x:\n  case -a: pass",
    "match x:\n  case 1 - a: pass", "match x:\n  case +1: pass", "match x:\n  case a + 1: pass", "match x:\n  case *a: pass",
    "match x:\n  case *a, *: pass", "match x:\n  case [*a, b c]: pass", "match x:\n  case {a: b}: pass", "match x:\n  case {1: a, **b, 2: c}: pass",
    "match x:\n  case {**_}: pass", "match x:\n  case {**a.b}: pass", "match x:\n  case {1}: pass", "match x:\n  case {1: }: pass",
    "match x:\n  case {'a' 1: b}: pass", "match x:\n  case (a b): pass", "match x:\n  case (a, b: pass", "match x:\n  case a |: pass",
    "match x:\n  case | a: pass", "match x:\n  case a | b c: pass", "match x:\n  case a if: pass", "match x:\n  case a if b c: pass",
    "match x:\n  case a if b = c: pass", "match x:\n  case f()(): pass", "match x:\n  case a[0]: pass", "match x:\n  case 'a' b: pass",
    "match x:\n  case None.a: pass", "match x:\n  case a=1: pass", "match x:\n  case a: b c\n", "match x:\n  case 1:\n    y\n  z\n",
    "match x:\n  case 1:\n    y\n z\n", "match x:\n  case 1: pass\n  case 2\n", "match x y:\n  case 1: pass", "match x, y z:\n  case 1: pass",
    "match(x):\n  case 1: a b", "match (x, y):\n  case 1: pass\nz w", "match x:\n    # c\n", "match x = y:\n  case 1: pass",
    "match x:\n  case lambda: 1: pass", "match x:\n  case (yield): pass", "match x:\n  case f'{a b}': pass", "match x:\n  case A(**b): pass",
    "match x:\n  case A(*b): pass", "match x:\n  case A(b.c=1): pass", "match x:\n  case A(1=2): pass", "match x:\n  case *_, *_ a: pass",
    "@a\nx", "@a\nif 1: pass", "@a\n@b\nx", "@a b\ndef f(): pass", "@a\ndef f()\n", "@a\nasync with b: pass", "@a\n\n  def f(): pass",
    "@a = 1\ndef f(): pass", "@(a b)\nclass A: pass", "@a\nclass A: b c", "@\ndef f(): pass", "@a, b\ndef f(): pass",
    "def f():\n  x\n y\n", "def f():\n  x\n    y\n", "def f():\n  return x y", "class A:\n  def f(self):\n  x", "class A:\n  def f(self)\n    x",
    "class A:\n  x = 1 2\n", "class A:\n  x: int: 3\n", "def f():\n  '''abc\n", "def f():\n  'abc\n", "x = '''a\nb\nc", "x = (\n'''a\n",
    "x = {\n'a': 1\n'b': 2\n}", "x = [\n1,\n2\n3\n]", "f(a,\n  b\n  c)", "f(\n  a=1,\n  b\n)", "x = (1,\n  2", "x = (1,\n  2\ny = 3\n",
    "x = [1,\n  2)\n", "x = (\n  [\n)", "foo(\na b\n", "foo(a,\nb c\n\nprint(1)", "x = 1 +\ny = 2", "x = 1 + \\\n", "x = 1 + \\\n  2 3",
    "x = \\\n", "x = \\", "\\\n", "\\", "x = a \\ \nb", "x = 'a\\\nb", "x = 'a\\\nb' c", "a = 1\nb = 2 3\nc = 'x", "a = 1\nb = 2 3\nc = (",
    "a b\n(\n", "a b\n)\n", "a b\n'c\n", "a b\n'''c\n", "a b\n  c\n", "a b\nif 1:\n\tx\n  y\n", "a b\n$\n", "a b\n€\n", "a b\n1a\n", "a b\n\\ x\n",
    "(\na b\n'c", "(a b\n\n\n'c", "x = (a b\nc = 1", "x = [a for a in b\nc = 1", "(a, b\n\nc d)", "def f(\n  a,\n  b c):\n  pass",
    "import a\nimport b c\n", "from a import (b,\n  c d)", "from a import b,\nc", "from a import b, c,\n", "print 'a'\nprint 'b'\n", "x\n\n\n  y\n",
    "if 1: pass\n  x\n", "if 1: x\nelse: y z\n", "if 1:\n  pass\n\n\n  else: x", "for x in range(10)\n  pass", "for x in range(10):\npass",
    "while True print(1)", "class C(x for x in L):\n  pass", "def f(x, x y):\n  pass", "x = yield = y\n", "a, b = b, a = 1 2\n", "x = 1; y = 2 3",
    "x;\n  y", "x; \\\n y z", "\x0c  x", "x\n\x0c\n  y", "if 1:\n  x\n\x0c  y z", "x = a\x00", "x = \x01", "\x7f", "x\x1b", "x = '\x01' 2", "\ufeffx y",
    "#c\n a", "# coding: foo\na b", "\n\n a b", "\n\na b", "a b\n\n", "# c\na b # d\n", "a b # d", "(a # c\n b # d\n)", "x = # c\n", "if a: # c\nb",
    "if a # c\n  b", "a = b c; d = (e", "f(a b) + g(c d)", "(a b) = (c d)", "a = b\n c = d", "def f():\n\tx\n        y z\n", "try:\n  x\nexcept A if B: y",
    "".join("  " * i + "if 1:\n" for i in range(99)) + "  " * 99 + "x y", "".join("  " * i + "if 1:\n" for i in range(100)) + "  " * 100 + "x",
    "(" * 200 + "a b" + ")" * 200, "(" * 201, "(" * 200, "[" * 150 + "a b", "{" * 100 + "a b" + "}" * 100, "f(" * 90 + "a b" + ")" * 90,
    "x = " + "1" * 4301, "x = " + "1" * 4300 + " 2", "x = 0x" + "1" * 5000 + " 2", "1" * 4301 + " 2 'a", "x = " + "-" * 3000 + "a b",
    "a" * 300 + " b", "é" * 300 + " b", "x = 'é' 'é' é 'é\n'", "x = '''é\né''' é", "(é,\n é b)", "if é:\né", "\u2028x", "x = a\u2028b", "x\r\ny z\r\n", "x\ry z",
]

EVALS = ["", " ", "\n", "a b", "a b\n", "a = b", "a; b", "a\nb", "a\n\n", "a,", "*a", "(", ")", "'a", "a +", "a if b", "yield", "lambda", "x := 1",
         "print a", "f(a b)", "f'{a b}'", "f'{'", "# c", "a # c", "  a", "\ta", "if 1: pass", "pass", "import a", "a\\", "a \\\n", "é b", "é", "1a", "a\n  b"]

SINGLES = ["", "\n", "a b", "a b\n", "a\nb", "a\nb\n", "a; b", "a; b\nc", "a\n# c\n", "a\n  # c\n", "a\n  b\n", "if 1:\n", "if 1:\n  a\n", "if 1:\n  a",
           "if 1:\n  a\nb", "if 1:\n  a\nb\n", "if 1:\n  a\nelse:\n", "if 1:\n  a\n\n", "if 1: a", "if 1: a\n", "(", "(a", "(a\n", "x = (\n", "'a", "'''a",
           "'''a\n", "x =", "x =\n", "x\\", "x\\\n", "def f():\n", "def f():\n  return", "def f():\n  return\n", "class A", "class A:\n", "@a", "@a\n", "@a\ndef f():\n",
           "try:\n  a\n", "try:\n  a\nexcept:\n", "for x in y:\n", "for x in y:\n  a b\n", "match x:\n", "match x:\n  case 1:\n", "match x:\n  case 1: a\n",
           "# c", "# c\n", "  a", "a = 1\nb = 2\n", "a(b c", "a(b c\n", "[1,\n2", "[1,\n2]\n3", "f'{a", "f'''{a", "$", "pass\npass", "if a: b\nelse: c\n",
           "if a: b\nelse: c\nd\n", "while 1:\n  a\n    b\n", "if 1:\n    a\n  b\n"]

INCOMPLETE = 0x4000  # PyCF_ALLOW_INCOMPLETE_INPUT
DONT_IMPLY = 0x200   # PyCF_DONT_IMPLY_DEDENT


def sources():
    for line in LINES + FSTRINGS:
        yield "exec", 0, line
    for line in LINES[::3]:
        yield "exec", 0, "def f():\n    " + line + "\n    y = 2\n"
        yield "exec", 0, "é = 1\nif é:\n  é(" + line + ")\n"
    for line in FSTRINGS:
        yield "exec", 0, "x = 1\nif é:\n  é = (1,\n   " + line + ")\n"
    for block in BLOCKS:
        yield "exec", 0, block
        yield "exec", 0, "x = 1\n" + block + "\n"
    for source in EVALS:
        yield "eval", 0, source
    for source in SINGLES:
        for flags in 0, INCOMPLETE, DONT_IMPLY, INCOMPLETE | DONT_IMPLY:
            yield "single", flags, source
            if flags:
                yield "exec", flags, source
