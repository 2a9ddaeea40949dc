# The traceback module's own functions.
import traceback, sys
def f(): raise ValueError("v")
try: f()
except ValueError as e:
    tb = e.__traceback__
    for fs in traceback.extract_tb(tb): print(fs.name, fs.lineno, fs.line, fs.filename == __file__, fs.locals, fs.colno, fs.end_colno, fs.end_lineno)
    print(traceback.format_tb(tb)[0].count("\n"), len(traceback.format_tb(tb, limit=1)), traceback.format_tb(tb, limit=-1)[0].splitlines()[1:])
    te = traceback.TracebackException.from_exception(e); print(list(te.format_exception_only()), te.exc_type.__name__, str(te), te == traceback.TracebackException.from_exception(e), len(te.stack))
    print(repr(te.stack[0]).split(",")[1:], [x for x in te.format()][0])
s = traceback.extract_stack(); print(s[-1].name, s[-1].line, len(traceback.format_stack()) >= 1); print(traceback.format_list([("file.py", 3, "fn", "the line")]), traceback.FrameSummary("a", 1, "b").line == "", [t[1] for t in traceback.walk_tb(tb)])
def locs(): secret = 5; 1 / 0
try: locs()
except ZeroDivisionError as e: print("".join(traceback.TracebackException.from_exception(e, capture_locals=True).stack.format()).splitlines()[-1])
import io; b = io.StringIO(); traceback.print_exc(file=b); print(repr(b.getvalue())); traceback.print_exception(ValueError("to file"), file=b); print(repr(b.getvalue()))
