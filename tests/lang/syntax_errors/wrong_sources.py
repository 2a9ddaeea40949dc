"""Wrong sources of all kinds, as they are and with tokens changed at random: every SyntaxError's message, place and printed form."""
import random
import re
import traceback
import warnings

BASES = r'''
x = 1
x, *y = a, b = c
x: int = 3
(x): int = 4
a.b: str
a[0]: str = 'x'
x += yield
x @= y
del a, (b, c), [d], e.f, g[h]
pass
break
continue
return x, *y
raise X from Y
raise
global a, b
nonlocal a
import a.b.c as d, e
from . import x
from ...a.b import (c as d, e,)
from x import *
from __future__ import annotations
assert x, 'msg'
if a: b
elif c: d
else: e
while (x := f()): g()
else: h
for i, (j, *k) in z, y: pass
else: pass
for x in *a, b: pass
async for x in y: pass
with a as b, c as (d, e): pass
with (a as b, c as d,): pass
with (yield): pass
async with a: pass
try: a
except B: c
except (D, E) as f: g
except: h
else: i
finally: j
try: a
except* B as c: d
def f(a, b: int, /, c=1, *args: *Ts, d, e: str = 'x', **kw) -> int: return a
def f(*, a): yield
async def f(): return [await x async for y in z if await w]
async def f(): yield x
class A(B, *C, metaclass=D, **E): x = 1
@a.b(c)[d]
def f(): pass
@x
class C: pass
lambda: 0
lambda x, *y, z=1, **w: (x, y)
lambda a, /, b, *, c: a
match x:
  case 1 | 2.5 | -3 | 1+2j | 'a' 'b' | None | True: pass
  case [a, *b, c] | (d, e): pass
  case {'x': y, **rest}: pass
  case A(b, c=d): pass
  case A.B.C: pass
  case (a as b) if c: pass
  case _: pass
[i for i in x if y for j in z]
{i: j for i, j in x}
{*a, *b, c}
{**a, 'b': c}
(i async for i in x)
f(a, *b, c=d, **e)
f(x for x in y)
f(a)(b)[c].d
a[1:2, ::3, ...]
a[*b]
a if b else c
not a and b or c
a < b <= c != d is not e not in f
a | b ^ c & d << e >> f + g - h * i / j // k % l @ m ** -n
~a, +b, -c
await x
'a' "b" r'c' f'{x!r:>{y}}' u'd'
b'a' rb'b'
f'{x=}' f"{a['b']}" f'{{}}'
f'{lambda x: 1}'
f'{x:{y:{z}}}'
0x1f, 0o17, 0b11, 1_000, 1e5, 1.5j, .5, 5.
(yield x, y)
x = yield from y
x = (y := 3)
print(end='')
...
None = 1
f() = 1
x + 1 = 2
'a' = 1
(a, b) += 1
[a, b]: int
a, b: int
del f()
del (a, b + c)
for f() in x: pass
with a as f(): pass
import a.b as c.d
def f(a, a): pass
def f(a=1, b): pass
def f(**a, b): pass
def f(*): pass
f(a=1, b)
f(**a, *b)
f(a=1, a=2)
f(x for x in y, z)
f(True=1)
f(a.b=1)
{a: b, c}
{a: *b}
{a: }
{**a: b}
a b
a = = b
print 'x'
exec 'x'
if x = 1: pass
while x = 1: pass
x = 1 if 2
else: pass
elif x: pass
except: pass
class A: return 1
def f(): nonlocal x
def f(x): global x
x = (1, 2
x = [1, 2
x = {1: 2
x = )
x = ]
'abc
"abc
"""abc
f'{'
f'{a b}'
f'{a!x}'
f'}'
f'{}'
f'{a:{b:{c:{d}}}}'
b'é'
'\x1'
'\N{foo}'
'\u12'
0777
0x
0b2
0o8
1__0
1e
1_
12abc
1.e.x
x$y
x?y
a!b
é = 1
a = 1 +
a = * b
*a
*a = b
print(*a b)
def f(x, (y, z)): pass
lambda (x): 1
lambda x=: 1
def f(x=): pass
def (x): pass
class : pass
class 1: pass
def f: pass
def f()
  pass
if x
  pass
for x in y
  pass
while x
  pass
try
  pass
with x
  pass
class A
  pass
match x
  case 1: pass
match x:
  case a | b: pass
match x:
  case {**rest, 'a': b}: pass
match x:
  case A(b=c, d): pass
match x:
  case a.b(): pass
  case *a: pass
match x:
  case 1 + 2: pass
  case a as b.c: pass
  case a as _: pass
try: pass
except A, B: pass
try: pass
except* : pass
try: pass
finally: pass
except: pass
import
from x import
from x import a,
from . import *
from .. x import y
import a as b.c
assert (x, 'y')
x is 1
() ()
[1, 2] [3, 4]
'a' 'b' c
1 if x else
1 else 2
not
a and
return return
yield = 1
await = 1
async = 1
async x
async def
nonlocal
global
global x.y
del
del *a
del a +
raise a from
with
for
for x
for x in
for in y: pass
while
if
if :
lambda
lambda :
lambda *: 1
@
@a
x = @y
x := 1
(x.y := 1)
(x[0] := 1)
[x := 1, y := 2]
{x := 1: 2}
a[b := 1]
f(a := 1, b=c := 2)
def f(a := 1): pass
[x for x in y := z]
[i := 0 for i in x]
[(i := j) for i in x for j in y]
class A: [(x := y) for z in w]
'''
POOL = ("( ) [ ] { } , : ; . = == := -> * ** + - @ | if else for in not and or is lambda yield await async def class import from as with try except "
        "finally return raise global del pass None True x y 1 'a' f'{a}' b'c' ... ! $ ? \\ ~ < > += \n % / //").split(" ")
TOKEN = re.compile(r"\s+|\w+|'[^'\n]*'|\"[^\"\n]*\"|[-+*/%@&|^=<>!:]=|->|\*\*|//|\.\.\.|.", re.S)
CONTINUED = (" ", "else", "elif", "except", "finally", "case")
ALONE = ("else: pass", "elif x: pass", "except: pass")
warnings.simplefilter("ignore")
random = random.Random(7)


def programs():
    made = []
    for line in BASES.strip("\n").split("\n"):
        goes_on = line.startswith(CONTINUED) and line not in ALONE
        decorated = made and made[-1].split("\n")[-1].startswith("@") and not line.startswith("x =")
        if made and (goes_on or decorated):
            made[-1] += "\n" + line
        else:
            made.append(line)
    return made


def changed(source):
    tokens = TOKEN.findall(source)
    for _ in range(random.choice((1, 1, 1, 2, 3))):
        if not tokens:
            break
        i, kind = random.randrange(len(tokens)), random.randrange(7)
        if kind == 0:
            del tokens[i]
        elif kind == 1:
            tokens.insert(i, random.choice(POOL) + random.choice(("", " ")))
        elif kind == 2:
            tokens[i] = random.choice(POOL)
        elif kind == 3:
            tokens.insert(i, random.choice(tokens))
        elif kind == 4:
            j = random.randrange(len(tokens))
            tokens[i], tokens[j] = tokens[j], tokens[i]
        elif kind == 5:
            tokens = tokens[:i]
        else:
            tokens.insert(i, "\n" + random.choice(("", " ", "  ", "\t")))
    return "".join(tokens)


def wrapped(source):
    head = random.choice(("", "", "", "def f():", "class A:", "async def g():", "for i in j:"))
    if not head:
        return source
    return head + "\n" + "\n".join("  " + line for line in source.split("\n")) + random.choice(("", "\n", "\nx = 1"))


def tell(source, mode):
    try:
        compile(source, "<x>", mode)
        print(mode, repr(source), "good")
    except SyntaxError as e:
        print(mode, repr(source), type(e).__name__, e.msg, e.lineno, e.offset, e.end_lineno, e.end_offset, repr(e.text))
        print("".join(traceback.format_exception_only(e)), end="")
    except (ValueError, RecursionError) as e:
        print(mode, repr(source), repr(e))


sources = programs()
for source in sources:
    for mode in ("exec", "single", "eval"):
        tell(source, mode)
    tell(wrapped(source), "exec")
for _ in range(1500):
    tell(wrapped(changed(random.choice(sources))), "exec")
