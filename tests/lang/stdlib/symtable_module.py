# The symtable module tells of scopes and names as the compiler sees them.
import symtable
import warnings

SOURCE = '''
import os, sys as system
glob = 1
def outer(a, b=2, *args, c, **kw):
    global glob, fresh
    x = a
    def inner():
        nonlocal x
        x += 1
        return x, b, undefined
    return [i for i in args if i] + [lambda q: q + x]
class C(Base):
    attr: int = 3
    def method(self):
        return __class__, self.__private
    def other(self): pass
async def co():
    yield (y := 1)
'''

def show(table, depth=0):
    pad = "  " * depth
    print(pad, table.get_type(), table.get_name(), table.get_lineno(), table.is_nested(), table.is_optimized(), table)
    for s in sorted(table.get_symbols(), key=lambda s: s.get_name()):
        facts = [n for n in dir(s) if n.startswith("is_") and getattr(s, n)()]
        print(pad, "-", s.get_name(), facts, [n.get_name() for n in s.get_namespaces()])
    if isinstance(table, symtable.Function):
        print(pad, "=", table.get_parameters(), sorted(table.get_locals()), sorted(table.get_globals()),
              sorted(table.get_frees()), sorted(table.get_nonlocals()))
    if isinstance(table, symtable.Class):
        print(pad, "=", table.get_methods())
    for child in table.get_children():
        show(child, depth + 1)

show(symtable.symtable(SOURCE, "file.py", "exec"))
show(symtable.symtable("a + f(b)", "?", "eval"))
show(symtable.symtable(b"x = {k: v for k, v in z}", b"name", "single"))
show(symtable.symtable("from __future__ import annotations\ndef f(a: b) -> c: pass", "?", "exec"))
for source, mode in ("def f(", "exec"), ("def f():\n  global x\n  x: int", "exec"), ("def f(a, a): pass", "exec"), ("1", "other"):
    try:
        symtable.symtable(source, "bad.py", mode)
    except (SyntaxError, ValueError) as e:
        print(type(e).__name__, e, getattr(e, "lineno", None))
with warnings.catch_warnings(record=True) as seen:
    warnings.simplefilter("always")
    compile("pass", bytearray(b"file.py"), "exec")
print([str(w.message) for w in seen])
