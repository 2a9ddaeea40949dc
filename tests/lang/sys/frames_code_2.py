# Frame, code and traceback objects.
import sys, types
def outer(a, b=2, *args, c, **kw):
    x = 1
    def inner(): return x, sys._getframe()
    return inner, sys._getframe()
inner, fr = outer(1, c=3, d=4)
c = outer.__code__
r = c.replace(co_name="renamed", co_firstlineno=99)
f2 = types.FunctionType((lambda x, y=1: (x, y)).__code__, {}, "made", (5,))
for e in (
    "types.SimpleNamespace(a=1, b='x')",
    "types.SimpleNamespace(1)",
    "types.SimpleNamespace(a=1) == types.SimpleNamespace(a=1)",
    "types.MappingProxyType({'a': 1})['a']",
    "types.MappingProxyType(5)",
    "types.MappingProxyType({}) | {'b': 2}",
    "types.GenericAlias(list, int)",
    "types.NoneType(), types.EllipsisType(), types.NotImplementedType()",
    "types.new_class('N', (), {}).__name__",
    "types.resolve_bases((int,))",
    "types.coroutine(5)",
    "types.DynamicClassAttribute",
    "types.TracebackType(None, fr, 1, 1).tb_lineno",
    "types.TracebackType(5, fr, 1, 1)",
):
    try: print(e, "=", eval(e))
    except Exception as x: print(e, "->", type(x).__name__, x)
m = types.MappingProxyType({"k": 1})
for st in ("m['k'] = 2", "del m['k']", "m.nope", "hash(m)"):
    try: exec(st)
    except Exception as e: print(st, "->", type(e).__name__, e)
print(m, len(m), list(m), m.get("z"), "k" in m, m == {"k": 1}, m.copy(), dict(m), type(int.__dict__).__name__)
def lines():
    a = 1
    b = (2,
         3)
    return a
print(sorted({l - lines.__code__.co_firstlineno for _, _, l in lines.__code__.co_lines() if l is not None}))
try:
    def deep(n): return 1 / n if n == 0 else deep(n - 1)
    deep(2)
except ZeroDivisionError as e:
    t = e.__traceback__; out = []
    while t: out.append((t.tb_frame.f_code.co_name, t.tb_lineno - outer.__code__.co_firstlineno, t.tb_lasti >= 0)); t = t.tb_next
    print(out); e.__traceback__.tb_next = None; print(e.__traceback__.tb_next)
