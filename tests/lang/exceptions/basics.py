# try, except, else, finally; matching; the exception object.
def run(f):
    try:
        r = f()
    except ZeroDivisionError as e:
        return "zero", str(e)
    except (KeyError, IndexError) as e:
        return "lookup", type(e).__name__, e.args
    except Exception as e:
        return "other", repr(e)
    else:
        return "fine", r
    finally:
        print("finally", end=" ")
class Custom(Exception): pass
def raiser(e):
    def f(): raise e
    return f
print(run(lambda: 1 / 0)); print(run(lambda: {}["k"])); print(run(lambda: [][1])); print(run(lambda: int("x")))
print(run(lambda: 5)); print(run(raiser(Custom))); print(run(raiser(Custom(1, 2)))); print(run(raiser(IndexError)))
try:
    try:
        raise ValueError("a")
    except TypeError:
        print("no")
    finally:
        print("inner finally")
except ValueError as e:
    print("outer", e)
try:
    raise ValueError
except:
    print("bare")
for bad in (5, "text", None, int, object(), [ValueError]):
    try:
        raise bad
    except TypeError as e:
        print(e)
try:
    try:
        raise ValueError("x")
    except "not a class":
        pass
except TypeError as e:
    print(e, "|", repr(e.__context__))
try:
    try: raise KeyError("k")
    except (ValueError, 5): pass
except TypeError as e:
    print(e)
try:
    raise
except RuntimeError as e:
    print(e)
def reraise():
    try:
        1 / 0
    except ZeroDivisionError:
        raise
try:
    reraise()
except ZeroDivisionError as e:
    print("reraised", e)
e = ValueError("kept"); print(e.args, str(e), repr(e), ValueError(), repr(ValueError()), repr(ValueError(1, "b")), str(ValueError(1, 2)))
try:
    raise e
except ValueError as f:
    print(f is e)
try:
    f
except NameError as n:
    print(n)
dyn = (OSError, ValueError)
try:
    raise ValueError
except dyn:
    print("tuple variable")
try:
    raise Custom
except Exception as x:
    print(repr(x), x.__class__.__mro__[1].__name__)
