# eval and exec see the scopes they are in.
x = "global"
def f():
    x = "local"
    return eval("x"), eval("[x for _ in 'a'][0]") if 0 else eval("x.upper()"), [eval("x") for _ in range(1)] if 0 else None
print(f())
def g(a):
    b = 2
    exec("a = 99; c = 3")
    try: c
    except NameError as e: print(e)
    return a, eval("a + b"), sorted(locals())
print(g(1))
def h():
    d = {}
    exec("def k(n): return n * 2", d)
    return d["k"](21)
print(h())
class A:
    y = 5
    z = eval("y + 1")
    exec("w = y * 2")
print(A.z, A.w)
def closure():
    v = 1
    def inner(): return eval("v") if v else 0
    def unseen():
        try: return eval("v")
        except NameError as e: return str(e)
    return inner(), unseen()
print(closure())
def loc():
    p = 1
    l = locals(); l["p"] = 2; l["q"] = 3
    return p, "q" in locals()
print(loc()); print(eval("x", {"x": "own"}), eval("x", {"x": 1}, {"x": 2}), eval("(lambda: x)()", {"x": "g"}, {}), [eval(e) for e in ("1", "'a'", "x")])
exec("""
def made(n):
    if n == 0: return "done"
    return made(n - 1)
""")
print(made(3)); exec("x = 'changed'"); print(x); exec("def f2(): global x; x = 'by exec'\nf2()"); print(x)
try: exec("nonlocal x")
except SyntaxError as e: print(e.msg)
