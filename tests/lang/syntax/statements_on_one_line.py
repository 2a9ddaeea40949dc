# Compact and odd layouts of statements.
if 1: a = 1; b = 2
else: a = 3
for i in 1, 2: print(i, end=" "); c = i
while c: c -= 1; print(c, end=";")
else: print("else")
def f(x): y = x; return y
class A: x = 1; y = 2
class B(A): pass; z = 3
try: 1 / 0
except ZeroDivisionError: print("zero"); d = 1
else: print("no")
finally: print("fin"); e = 2
with open_() if 0 else __import__("contextlib").nullcontext(5) as n: print(n); m = n
print(a, b, f(1), A.y, B.z, d, e, m); x = y = 0; x, y = 1, 2; print(x, y); del x, y; pass; ...; "string"; 1
lambda: 0; (1); [2]; {3}; None; print("end") ; print("with space before semicolon") ;
if a: pass
elif b: pass
def g(): pass; return 1; print("unreachable")
print(g()); assert 1; assert a, "m"; global_ = 1; import math; from math import pi; print(math.floor(pi))
