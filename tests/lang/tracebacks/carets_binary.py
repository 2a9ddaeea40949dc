# compare: stderr
import traceback
def show(f):
    try: f()
    except Exception: traceback.print_exc()
a, b, c, d = 1, 0, "x", {}
def f1(): return a + c
def f2(): return a * (a / b)
def f3(): return a + a + a + c + a
def f4(): return d["k"]["j"]
def f5(): return d.x.y.z
def f6(): return a.foo.bar()
def f7(): return len(a) + len(c)
def f8(): return (a +
                  a / b)
def f9(): return a if a / b else c
def f10(): return [x / b for x in (1, 2)]
def f11(): a()
def f12(): return c[5]
def f13(): return -c
def f14(): return not a / b
def f15(): x, y = 1, 2, 3
def f16(): d["a"] = d["b"]
def f17(): a < c < 5
def f18(): return f"{a / b}"
def f19(): return f"{a} {c:d}"
def f20(): assert a == 2, "message"
def f21(): raise ValueError("text")
def f22(): del d["q"]
def f23(): global zz; return zz
def f24(): return max(1, *5)
def f25(): c += 1
def f26(): return print(a, b, c[9], sep="")
def f27(): return lambda_
def f28(): import no_such_module_here
def f29(): from math import nothing_like_it
def f30(): return {**5}
def f31(): return {[]: 1}
def f32():
    for x in 5: pass
def f33():
    with 5: pass
def f34(): return c.upper().lower().nope()
def f35(): return d[a][b]
def f36(): return (1, 2, 3)[10] + 1
def f37(): a.x = 5
def f38(): a[0] = 1
def f39(): return a @ b
def f40(): return a ** c
for i in range(1, 41): show(globals()[f"f{i}"])
