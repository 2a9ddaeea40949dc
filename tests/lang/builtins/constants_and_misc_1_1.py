# Singletons, __debug__, __import__, help-free built-ins, names list.
import builtins
print(None is None, ... is Ellipsis, NotImplemented is NotImplemented, __debug__, __name__, type(__doc__), __file__.endswith("constants_and_misc.py"), __builtins__.__name__, __package__, __spec__, __loader__ is not None or True)
print(sorted(n for n in dir(builtins) if n[0].islower()))
for st in (
    "None = 1",
    "True = 1",
    "False = 1",
    "__debug__ = 1",
    "None.x = 1",
    "def None(): pass",
    "class True: pass",
    "import x as None",
    "for None in x: pass",
    "lambda None: 1",
    "f(None=1)",
    "del None",
    "None += 1",
    "(None) = 1",
):
    try: compile(st, "<c>", "exec"); print(st, "| ok")
    except SyntaxError as e: print(st, "|", e.msg)
