# Which strings are one object.
import sys
def one(f): return f() is f()
print(one(lambda: "name"), one(lambda: "name_1"), "a" "b" is "ab", "ab" is "a" + "b", [chr(i) for i in (97, 233)] == ["a", "é"], chr(97) is chr(97), str("x") is "x", "%s" % "q" == "q")
class A:
    attr = 1
    def meth(self): pass
print(sys.intern("attr") is list(vars(A))[1] or "attr" in vars(A), A.meth.__name__ is sys.intern("meth"), (lambda kw: 0).__code__.co_varnames[0] is sys.intern("kw"))
k = "".join(["dyn", "amic"]); d = {k: 1}; setattr(A, k, 5); print(list(d)[0] is k, sys.intern(k) == k, getattr(A, "dynamic")); a = sys.intern("some text " * 2); b = sys.intern("some text some text "); print(a is b, a == "some text " * 2); x = sys.intern("zz" + str(1)); y = sys.intern("zz1"); print(x is y, x is sys.intern(x)); ns = {}; exec("ident_in_exec = 1", ns); print("ident_in_exec" in ns, [s for s in ns if s == "ident_in_exec"][0] is sys.intern("ident_in_exec"))
