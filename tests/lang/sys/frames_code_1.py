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
