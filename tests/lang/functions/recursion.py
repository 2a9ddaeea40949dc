# Recursive functions of several shapes.
import sys
def fact(n): return 1 if n < 2 else n * fact(n - 1)
def fib(n, memo={}):
    if n in memo: return memo[n]
    memo[n] = n if n < 2 else fib(n - 1) + fib(n - 2)
    return memo[n]
def ack(m, n): return n + 1 if m == 0 else ack(m - 1, 1) if n == 0 else ack(m - 1, ack(m, n - 1))
def is_even(n): return True if n == 0 else is_odd(n - 1)
def is_odd(n): return False if n == 0 else is_even(n - 1)
def flatten(x): return [z for y in x for z in flatten(y)] if isinstance(x, list) else [x]
def perms(s): return [s] if len(s) < 2 else [c + p for i, c in enumerate(s) for p in perms(s[:i] + s[i + 1:])]
def hanoi(n, a="A", b="B", c="C"): return [] if n == 0 else hanoi(n - 1, a, c, b) + [a + c] + hanoi(n - 1, b, a, c)
def depth(n): return 0 if n == 0 else 1 + depth(n - 1)
print(fact(20), fib(90), ack(2, 3), is_even(100), is_odd(7))
print(flatten([1, [2, [3, [4]], 5]]), perms("abc"), hanoi(3), depth(900))
def infinite(): return infinite()
try:
    infinite()
except RecursionError as e:
    print(e)
def count(n=0):
    try:
        return count(n + 1)
    except RecursionError:
        return n
print(900 < count() <= 1000)
sys.setrecursionlimit(200)
print(sys.getrecursionlimit(), 100 < count() < 200)
sys.setrecursionlimit(5000)
print(depth(4500))
class R:
    def __getattr__(self, name): return getattr(self, name + "x")
sys.setrecursionlimit(300)
try:
    R().a
except RecursionError as e:
    print(type(e).__name__)
class S:
    def __repr__(self): return repr(self)
    def __eq__(self, o): return self == o
    def __len__(self): return len(self)
for fn in (repr, lambda s: s == s, len, str):
    try:
        fn(S())
    except RecursionError as e:
        print("RecursionError")
for bad in (0, -1, "x"):
    try:
        sys.setrecursionlimit(bad)
    except (ValueError, TypeError) as e:
        print(type(e).__name__, e)
