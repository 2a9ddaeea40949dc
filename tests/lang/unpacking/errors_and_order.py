# Order of evaluation and partial effects of failing unpackings.
log = []
class L:
    def __setitem__(self, k, v): log.append((k, v))
    def __setattr__(self, k, v): log.append((k, v))
l = L()
l[1], l.a, l[2] = "xyz"; print(log); log.clear()
(l[1], l[2]), l[3] = ("ab", "c"); print(log); log.clear()
try: l[1], (l[2], l[3]) = 1, (2,)
except ValueError as e: print(e, log)
log.clear()
try: l[1], l[2] = 1, 2, 3
except ValueError as e: print(e, log)
*l.s, l.e = range(4); print(log); log.clear()
l.a = l.b = l["c"] = 5; print(log); log.clear()
def f(n): log.append(f"f{n}"); return l
f(1)[0], f(2)[1] = 1, 2; print(log); log.clear()
x = [0, 1, 2]; i = 0; i, x[i], i = 1, "set", 2; print(i, x); a = b = [1]; a, b = b, a; print(a is b); i = 0; x = [5, 6]; x[i], i = i, x[i]; print(x, i)
it = iter(range(10)); a, b, *c = (next(it) for _ in range(4)); print(a, b, c, next(it))
try: a, b = it
except ValueError as e: print(e, next(it))
def g(): yield 1; yield 2; log.append("never reached?"); yield 3
log.clear()
try: a, b = g()
except ValueError as e: print(e, log)
a, b, c = g(); print(a, b, c, log)
try: a, b, c, d = g()
except ValueError as e: print(e)
try: a, *b, c, d, e = g()
except ValueError as e: print(e)
for v in (5, None, object, len, 1.5):
    try: a, b = v
    except TypeError as e: print(e)
    try: a, *b = v
    except TypeError as e: print(e)
    try: [*v]
    except TypeError as e: print(e)
