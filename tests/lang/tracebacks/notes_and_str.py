# compare: stderr
import traceback
e = ValueError("with notes"); e.add_note("first"); e.add_note("second\nlines"); traceback.print_exception(e)
class NoStr(Exception):
    def __str__(self): raise RuntimeError
class Empty(Exception): pass
class Multi(Exception):
    def __str__(self): return "line one\nline two"
class Nested:
    class Inner(Exception): pass
def local():
    class Local(Exception): pass
    return Local("loc")
class Mod(Exception): __module__ = "some.module"
class Repr(Exception):
    def __str__(self): return 5
for x in (NoStr("x"), Empty(), Empty(""), Multi(), Nested.Inner("in"), local(), Mod("m"), Repr(), KeyError("k"), KeyError(), SystemExit(3), KeyboardInterrupt(), StopIteration(), OSError(2, "No such file"), UnicodeDecodeError("utf-8", b"\xff", 0, 1, "bad"), SyntaxError("msg"), SyntaxError("msg", ("f.py", 3, 5, "some text here\n", 3, 9)), SyntaxError("msg", ("f.py", 3, None, None)), SyntaxError("m", ("f", 1, 1, "   indented\n")), ImportError("imp", name="n"), Exception("a", "b"), Exception(1), AssertionError(), MemoryError(), RecursionError("r"), ExceptionGroup("g", [Empty()])):
    traceback.print_exception(x)
x = ValueError("bad notes"); x.__notes__ = [1, None, "s"]; traceback.print_exception(x); x.__notes__ = 5; traceback.print_exception(x)
print("".join(traceback.format_exception(KeyError("formatted"))), traceback.format_exception_only(ValueError, ValueError("v")))
raise Multi
