# Attributes of the built-in exceptions.
def catch(f, *a):
    try: f(*a)
    except BaseException as e: return e
e = catch(lambda: undefined_x); print(type(e), e.name, e.args)
e = catch(lambda: (1).foo); print(e.name, e.obj, e.args)
e = catch(lambda: {}["k"]); print(e.args, str(e), repr(e))
print(str(KeyError("a")), str(KeyError("a", "b")), str(KeyError()), KeyError("it's"))
e = StopIteration(5); print(e.value, e.args, StopIteration().value, StopIteration(1, 2).value)
e = SystemExit(3); print(e.code, SystemExit().code, SystemExit(1, 2).code, SystemExit("msg").code)
e = OSError(2, "No such file", "f.txt"); print(e.errno, e.strerror, e.filename, e, type(e).__name__, repr(e), e.args)
print(OSError("only"), OSError("only").errno, OSError(5, "io"), OSError(1, 2, 3, 4, 5).filename2, type(OSError(13, "x")).__name__, type(OSError(17, "x")).__name__, type(OSError(999, "x")).__name__)
print([type(OSError(n, "")).__name__ for n in (1, 2, 3, 4, 10, 11, 13, 17, 20, 21, 32, 103, 104, 110, 111)])
e = SyntaxError("msg", ("file", 3, 5, "text", 3, 9)); print(e.msg, e.filename, e.lineno, e.offset, e.text, e.end_lineno, e.end_offset, str(e), e.print_file_and_line)
print(SyntaxError("m"), SyntaxError("m").lineno, str(SyntaxError("m", ("f", 1, 2, "t"))), repr(SyntaxError("m", (None, 1, 2, None))))
e = catch(lambda: b"\xff".decode()); print(e.encoding, e.object, e.start, e.end, e.reason, e)
e = catch(lambda: "é€".encode("ascii")); print(e.encoding, e.object, e.start, e.end, e.reason, e)
e = UnicodeDecodeError("enc", b"abc", 1, 2, "why"); print(e, e.args)
e = UnicodeTranslateError("abc", 1, 3, "r"); print(e)
e = ImportError("m", name="n", path="p"); print(e.name, e.path, e, e.msg)
e = catch(__import__, "no_such_mod"); print(type(e).__name__, e, e.name)
e = AttributeError("m", name="a", obj=1); print(e.name, e.obj, NameError("x", name="y").name)
for call in ("ImportError(x=1)", "AttributeError('m', foo=1)", "ValueError(a=1)", "UnicodeDecodeError('a')", "SyntaxError('a', 5)", "StopIteration(x=1)", "KeyError(k=1)", "UnicodeEncodeError(1, 2, 3, 4, 5)"):
    print(call, "->", catch(eval, call))
e = ValueError("x"); e.extra = 1; print(vars(e), e.__dict__, e.__traceback__)
e.add_note("one"); e.add_note("two"); print(e.__notes__)
print(catch(e.add_note, 5))
class C(Exception):
    def __init__(self, a, b): super().__init__(a); self.b = b
    def __str__(self): return f"C:{self.args}:{self.b}"
print(C(1, 2), repr(C(1, 2)), C(1, 2).args)
class D(Exception): pass
print(D(1, 2).args, BaseException.__new__(D, 3, 4).args, D("x") == D("x"), hash(D) == hash(D))
