# What the compiler refuses although the grammar takes it.
T = [
    "'a'[1.5]",
    "continue\nwhile 1: pass",
    "while 1:\n try: pass\n finally: continue",
    "def f(a:int=1, *, b:str): pass",
    "__debug__ = 1",
    "def f(__debug__): pass",
    "import __debug__",
    "f(__debug__=1)",
    "x.__debug__ = 1",
    "class __debug__: pass",
    "for __debug__ in x: pass",
]
import warnings
warnings.simplefilter("ignore")
for src in T:
    try: compile(src, "<t>", "exec")
    except SyntaxError as e: print(f"{src!r} | {e.msg} | {e.lineno}:{e.offset}")
    else: print(f"{src!r} | ok")
