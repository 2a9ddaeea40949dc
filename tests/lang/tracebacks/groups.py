# compare: stderr
import traceback
def f(n):
    try: raise ValueError(n)
    except ValueError as e: return e
eg = ExceptionGroup("several", [f(1), TypeError("t"), ExceptionGroup("inner", [f(2), KeyError("k")])])
eg.add_note("a note"); eg.exceptions[0].add_note("note on one\nof two lines")
try: raise eg
except ExceptionGroup: traceback.print_exc()
try:
    try: raise ExceptionGroup("first", [OSError(1)])
    except* OSError as e: raise ValueError("second") from e
except Exception: traceback.print_exc()
traceback.print_exception(ExceptionGroup("many", [ValueError(i) for i in range(20)]))
d = ValueError("deep")
for i in range(15): d = ExceptionGroup(f"level {i}", [d])
traceback.print_exception(d)
raise eg
