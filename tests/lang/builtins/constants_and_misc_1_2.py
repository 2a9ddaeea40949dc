# Singletons, __debug__, __import__, help-free built-ins, names list.
import builtins
for st in (
    "global None",
    "Ellipsis = 1",
    "NotImplemented = 1",
    "... = 1",
    "with x as True: pass",
    "def f(True): pass",
    "except_ = None",
    "f(True=1)",
    "del __debug__",
    "def __debug__(): pass",
    "x.__debug__ = 1",
    "import __debug__",
    "def f(__debug__): pass",
    "True: int = 1",
):
    try: compile(st, "<c>", "exec"); print(st, "| ok")
    except SyntaxError as e: print(st, "|", e.msg)
for e in (
    "None + 1",
    "None < None",
    "None()",
    "None[0]",
    "len(None)",
    "None.foo",
    "...()",
    "... + 1",
    "NotImplemented()",
    "bool(...)",
    "int(None)",
    "None == None",
    "None != 0",
    "not None",
    "None is not None",
    "None and 1",
    "[None] * 2",
    "{None: 1}[None]",
):
    try: print(e, "=", eval(e))
    except Exception as x: print(e, "->", type(x).__name__, x)
