# ExceptionGroup and except*.
eg = ExceptionGroup("msg", [ValueError(1), TypeError("t"), ExceptionGroup("in", [KeyError("k"), ValueError(2)])])
print(eg, repr(eg), eg.message, eg.exceptions[0], len(eg.exceptions))
m, r = eg.split(ValueError); print(repr(m), repr(r))
print(repr(eg.subgroup(KeyError)), eg.subgroup(OSError), repr(eg.subgroup(lambda e: isinstance(e, TypeError))), repr(eg.derive([OSError()])))
try:
    raise eg
except* ValueError as v:
    print("values", repr(v))
except* (TypeError, KeyError) as t:
    print("types", repr(t))
try:
    try: raise eg
    except* KeyError: print("key only")
except ExceptionGroup as rest: print("rest", repr(rest))
try: raise ValueError("naked")
except* ValueError as e: print(type(e).__name__, e.exceptions)
def f():
    try: raise ExceptionGroup("g", [ValueError(1), KeyError(2)])
    except* ValueError: raise TypeError("new")
    except* KeyError as k: print("key", repr(k))
try: f()
except BaseException as e: print(repr(e), [repr(x) for x in e.exceptions], repr(e.exceptions[0].__context__))
try:
    try: raise ExceptionGroup("g", [ValueError(1), KeyError(2)])
    except* ValueError as e: raise
    except* KeyError: pass
except ExceptionGroup as e: print("reraised", repr(e))
try:
    try: raise ValueError(5)
    except* TypeError: print("no")
    else: print("no else")
    finally: print("finally")
except ValueError as e: print("passes through", repr(e))
try: pass
except* ValueError: print("no")
else: print("else runs")
for call in ("ExceptionGroup()", "ExceptionGroup('m')", "ExceptionGroup('m', [])", "ExceptionGroup('m', 5)", "ExceptionGroup(1, [ValueError()])", "ExceptionGroup('m', [1])", "ExceptionGroup('m', [KeyboardInterrupt()])", "eg.split(5)", "eg.subgroup([ValueError])"):
    try: eval(call)
    except (TypeError, ValueError) as e: print(call, "->", type(e).__name__, e)
b = BaseExceptionGroup("b", [KeyboardInterrupt()]); print(repr(b), type(BaseExceptionGroup("b", [ValueError()])).__name__)
for bad in ("BaseExceptionGroup", "ExceptionGroup", "(ValueError, ExceptionGroup)", "5"):
    try: exec(f"try: raise ValueError(1)\nexcept* {bad}: pass")
    except BaseException as e: print(bad, "->", type(e).__name__, e)
class My(ExceptionGroup):
    def derive(self, excs): return My(self.message, excs)
m = My("mine", [ValueError(1), KeyError(2)]); print(type(m.split(KeyError)[0]).__name__, repr(m.split(KeyError)))
eg.add_note("n"); print(eg.subgroup(ValueError).__notes__)
