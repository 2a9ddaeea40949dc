# globals(), locals(), vars() and exec with their own namespaces.
g = globals()
g["injected"] = 5
print(injected, g["__name__"], "injected" in globals())
def f(a, b=2):
    c = 3
    before = sorted(locals())
    d = 4
    return before, sorted(locals())
print(f(1))
def closure_locals():
    x = 1
    def inner():
        x
        return locals()
    return inner()
print(closure_locals())
ns = {}
exec("a = 1\ndef f(): return a\nclass C: pass", ns)
print(ns["a"], ns["f"](), ns["C"].__name__, "__builtins__" in ns)
ns["a"] = 10
print(ns["f"]())
loc = {}
exec("y = x * 2", {"x": 21}, loc)
print(loc)
print(eval("a + b", {"a": 1}, {"b": 2}))
try:
    exec("def f(): return z\nz = 1\nf()", {}, {})
except NameError as e:
    print(e)
def h():
    exec("newvar = 1")
    try:
        return newvar
    except NameError as e:
        return str(e)
print(h())
print(eval("[i for i in range(n)]", {"n": 3}))
class M(dict):
    def __missing__(self, key): return f"<{key}>"
print(eval("foo + bar", {}, M()))
print(vars() is globals(), locals() is globals())
class C:
    z = 1
print(vars(C)["z"], sorted(k for k in vars(type("O", (), {"q": 1})()) ))
try:
    vars(5)
except TypeError as e:
    print(e)
exec("print('executed', __name__)")
exec(compile("w = 9", "<c>", "exec"))
print(w, eval(compile("w + 1", "<c>", "eval")), eval(" 1+1"))
del g["injected"]
try:
    injected
except NameError as e:
    print(e)
