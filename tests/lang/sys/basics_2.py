# The sys module.
import sys
for s in (
    "sys.getrefcount()",
    "sys.setrecursionlimit(10**10)",
    "sys.set_int_max_str_digits(100)",
    "sys.get_int_max_str_digits()",
    "len(str(10**200))",
    "sys.set_int_max_str_digits(0)",
    "len(str(10**5000))",
    "sys.set_int_max_str_digits(4300)",
    "sys.call_tracing(len, ('ab',))",
    "sys.getallocatedblocks() > 0",
    "sys.displayhook(None)",
    "sys.displayhook(5)",
    "sys.getsizeof(5, 'x') > 0",
):
    try: print(s, "=", eval(s))
    except Exception as e: print(s, "->", type(e).__name__, e)
def f(): return sys._getframe(1).f_code.co_name, sys._getframe().f_code.co_name, sys._getframe().f_lineno, sorted(sys._getframe().f_locals), sys._getframe(1).f_locals.get("x")
def g(x=7): return f()
print(g())
try: sys.exit(3)
except SystemExit as e: print(e.code, repr(e))
for a in ((), (None,), ("msg",), (1.5,), ((1, 2),), (True,)):
    try: sys.exit(*a)
    except SystemExit as e: print(a, repr(e.code), e.args)
class Sz:
    def __sizeof__(self): return 100
print(sys.getsizeof(Sz()) >= 100, sys.getsizeof("abc") < sys.getsizeof("abc" * 10), sys.getsizeof(()) <= sys.getsizeof((1, 2)))
old = sys.excepthook
print(old is sys.__excepthook__, callable(sys.displayhook), callable(sys.unraisablehook))
