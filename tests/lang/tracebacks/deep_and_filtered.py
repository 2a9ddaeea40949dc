# compare: stderr
import traceback, sys
def f(n): return g(n - 1) if n else 1 / 0
def g(n): return f(n)
try: f(3)
except ZeroDivisionError as e:
    traceback.print_exception(e, limit=2); traceback.print_exception(e, limit=-2); traceback.print_exception(e, chain=False); traceback.print_tb(e.__traceback__, limit=1); traceback.print_exception(None) if 0 else None
    print("".join(traceback.format_tb(e.__traceback__.tb_next, 1)), traceback.format_exc(limit=1).splitlines()[-1]); saved = e
def h():
    try: raise saved
    except ZeroDivisionError: raise
try: h()
except ZeroDivisionError: traceback.print_exc(limit=3)
def nested():
    try:
        try: f(0)
        except ZeroDivisionError as e: raise KeyError("k") from e
    except KeyError as e: raise ValueError("v")
try: nested()
except ValueError as e: traceback.print_exception(e); traceback.print_exception(e, chain=False); e.__context__.__cause__ = None; e.__context__.__suppress_context__ = True; traceback.print_exception(e)
traceback.print_stack(limit=1); traceback.print_exception(ValueError, ValueError("old style"), None); sys.excepthook(KeyError, KeyError("by hand"), None)
