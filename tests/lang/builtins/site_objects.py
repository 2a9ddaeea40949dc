# exit, help and the like: signatures and arguments.
import inspect
for f in (exit, quit, help, copyright, credits, license): print(inspect.signature(f), type(f).__name__)
for a, k in (((), {}), ((3,), {}), ((), {'code': 'x'}), ((1, 2), {})):
    try: exit(*a, **k)
    except SystemExit as e: print(e.code)
    except TypeError as e: print(e)
    import sys, io; sys.stdin = io.StringIO()
try: copyright(1)
except TypeError as e: print(e)
