# Mutual recursion, trampolines, continuation passing, fixed points.
import sys
def even(n): return True if n == 0 else odd(n - 1)
def odd(n): return False if n == 0 else even(n - 1)
print(even(300), odd(301))
def tramp(f, *a):
    r = f(*a)
    while callable(r): r = r()
    return r
def t_even(n): return True if n == 0 else lambda: t_odd(n - 1)
def t_odd(n): return False if n == 0 else lambda: t_even(n - 1)
print(tramp(t_even, 20000), tramp(t_odd, 10001))
def fact_cps(n, k): return k(1) if n == 0 else fact_cps(n - 1, lambda v: k(n * v))
print(fact_cps(20, lambda v: v), fact_cps(5, str))
Y = lambda f: (lambda x: x(x))(lambda x: f(lambda *a: x(x)(*a)))
print(Y(lambda s: lambda n: 1 if n < 2 else n * s(n - 1))(10), Y(lambda s: lambda a, b: a if b == 0 else s(b, a % b))(48, 18))
class Tail(Exception):
    def __init__(self, a): self.a = a
def tail(f):
    def w(*a):
        while True:
            try: return f(*a)
            except Tail as t: a = t.a
    return w
@tail
def count(n, acc=0):
    if n == 0: return acc
    raise Tail((n - 1, acc + n))
print(count(3000))
def ack(m, n):
    st = [m]
    while st:
        m = st.pop()
        if m == 0: n += 1
        elif n == 0: st.append(m - 1); n = 1
        else: st += [m - 1, m]; n -= 1
    return n
print(ack(2, 3), ack(3, 3)); memo = {}
def part(n, k):
    if (n, k) not in memo: memo[n, k] = 1 if n == 0 else sum(part(n - i, i) for i in range(1, min(n, k) + 1))
    return memo[n, k]
print(part(40, 40)); compose = lambda *fs: lambda x: __import__("functools").reduce(lambda a, f: f(a), fs, x); print(compose(lambda x: x + 1, lambda x: x * 2, str)(5)); church = lambda n: lambda f: lambda x: x if n == 0 else f(church(n - 1)(f)(x)); print(church(7)(lambda v: v + 1)(0), (lambda *a: a[::-1])(*range(4)), (lambda f: f(f))(lambda s: "self"), [(lambda i: lambda: i)(i)() for i in range(3)])
