# except clauses with expressions, tuples, duplicates and subclasses.
class A(Exception): pass
class B(A): pass
class C(B, ValueError): pass
def t(e, *handlers):
    try: raise e
    except handlers as x: return "caught", type(x).__name__
    except BaseException as x: return "passed", type(x).__name__
print(t(A(), A), t(B(), A), t(C(), ValueError), t(A(), B), t(C(), (A, KeyError)) if 0 else t(C(), A, KeyError), t(A()), t(A(), Exception), t(KeyboardInterrupt(), Exception), t(A(), KeyError, (B,)[0], A))
def pick(n): print("evaluated", n); return [ValueError, KeyError, (IndexError, TypeError)][n]
try: raise IndexError
except pick(0): print("no")
except pick(1): print("no")
except pick(2): print("tuple")
except pick(0): print("never")
for bad in (5, "x", None, [ValueError], (ValueError, 5), int, object(), {ValueError}):
    try:
        try: raise ValueError
        except bad: print("matched", bad)
    except TypeError as e: print(e)
    except ValueError: print("not matched")
try:
    try: pass
    except 5: pass
    print("not evaluated without an exception")
except TypeError: print("never")
try: raise C("c")
except KeyError: print("key")
except B as e: print("B", e.args, isinstance(e, ValueError))
except ValueError: print("V")
nested = ((ValueError, (KeyError,)), IndexError)
try: raise KeyError("in nested tuple")
except nested[1] as e: print("index", e)
except KeyError as e: print("key", e)
def undefined_handler():
    try: raise ValueError
    except undefined_name: pass
try: undefined_handler()
except NameError as e: print(e, repr(e.__context__))
x = ValueError
try: raise x
except x as x: print(repr(x))
try: x
except NameError as e: print(e)
