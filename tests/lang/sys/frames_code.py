# Frame, code and traceback objects.
import sys, types
def outer(a, b=2, *args, c, **kw):
    x = 1
    def inner(): return x, sys._getframe()
    return inner, sys._getframe()
inner, fr = outer(1, c=3, d=4)
print(type(fr).__name__, fr.f_code.co_name, sorted(fr.f_locals), fr.f_locals["a"], fr.f_globals is globals(), fr.f_builtins["len"] is len, fr.f_lasti >= 0, fr.f_trace, repr(fr).startswith("<frame at 0x"))
c = outer.__code__
print(c.co_argcount, c.co_kwonlyargcount, c.co_posonlyargcount, c.co_nlocals, c.co_varnames, c.co_cellvars, c.co_freevars, inner.__code__.co_freevars, c.co_name, c.co_qualname, inner.__code__.co_qualname, c.co_filename == __file__, c.co_firstlineno, bool(c.co_flags & 4), bool(c.co_flags & 8), c.co_names, [k for k in c.co_consts if not isinstance(k, types.CodeType)], c.co_stacksize > 0, isinstance(c.co_code, bytes), len(list(c.co_lines())) > 0, len(list(c.co_positions())) > 0)
print((lambda: 0).__code__.co_consts, (lambda x: x).__code__.co_varnames, compile("a.b.c(d)", "f", "eval").co_names, bool((lambda: (yield)).__code__.co_flags & 0x20), [k for k in (lambda: [1, "a", None, 2.5, (1, 2)]).__code__.co_consts], repr(c).startswith("<code object outer at 0x"))
r = c.replace(co_name="renamed", co_firstlineno=99)
print(r.co_name, r.co_firstlineno, r.co_argcount, r == c, r.co_code == c.co_code)
f2 = types.FunctionType((lambda x, y=1: (x, y)).__code__, {}, "made", (5,))
print(f2(1), f2.__name__, f2.__defaults__)
for e in (
    "types.FunctionType()",
    "types.FunctionType(5, {})",
    "types.FunctionType(c, 5)",
    "types.FunctionType(inner.__code__, {})",
    "c.co_name.__class__",
    "types.CodeType()",
    "c.replace(foo=1)",
    "types.FrameType()",
    "types.MethodType(5, 1)",
    "types.MethodType(len, None)",
    "types.MethodType(len, 'ab')()",
    "types.CellType(5).cell_contents",
    "types.CellType().cell_contents",
    "types.ModuleType('m').__name__",
    "types.ModuleType()",
):
    try: print(e, "=", eval(e))
    except Exception as x: print(e, "->", type(x).__name__, x)
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
