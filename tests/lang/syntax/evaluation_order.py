# Left to right, and where it is not.
log = []
def v(name, value=None):
    log.append(name)
    return value
def show():
    print(" ".join(log)); log.clear()
v("a", 1) + v("b", 2) * v("c", 3); show()
[v("a"), v("b")]; (v("a"), v("b")); show()
{v("k1", 1): v("v1"), v("k2", 2): v("v2")}; show()
v("f", lambda *a, **k: None)(v("x"), *v("y", []), z=v("z"), **v("w", {})); show()
v("obj", [1, 2, 3])[v("i", 0):v("j", 2):v("k", 1)]; show()
v("target", {})[v("key")] = v("value"); show()
v("t1", {})[v("k1")] = v("t2", {})[v("k2")] = v("val"); show()
v("a", 1) < v("b", 2) < v("c", 0) < v("d", 5); show()
v("then") if v("cond", True) else v("else"); show()
v("left", 0) and v("right"); v("l", 1) or v("r"); show()
d = v("d", {1: 1})
d[v("i", 1)] += v("rhs", 2); show()
x = v("outer", [3])
def deco(n):
    v("deco" + n)
    return lambda f: (v("apply" + n), f)[1]
@deco("1")
@deco("2")
def f(a=v("default1"), b: v("ann") = v("default2")) -> v("ret"): pass
show()
class A(v("base", object), metaclass=v("meta", type)):
    v("body")
show()
lambda p=v("lambda default"): v("never"); show()
[v("elt%d" % i) for i in v("iter", range(2)) if v("if", True)]; show()
{v("key"): v("val") for _ in "x"}; show()
del v("del", {1: 1})[v("k", 1)]; show()
a, b = v("r1"), v("r2"); show()
print(f"{v('f1')}{v('f2')!r:{v('width', 6)}}", end="\n"); show()
assert v("test", True), v("message"); show()
