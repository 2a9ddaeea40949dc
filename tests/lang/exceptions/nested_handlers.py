# Handlers inside handlers; names; re-raising.
def f(kind):
    try:
        try:
            raise kind("inner")
        except ValueError as e:
            print("caught", e)
            raise
        except KeyError as e:
            print("key", e)
            raise TypeError("changed") from e
        else: print("else")
        finally: print("inner finally")
    except TypeError as e: return "type", repr(e.__cause__)
    except Exception as e: return "outer", repr(e), repr(e.__context__)
    finally: print("outer finally")
for k in (ValueError, KeyError, IndexError, TypeError): print(f(k))
def g():
    try: 1 / 0
    except ZeroDivisionError:
        try: {}["k"]
        except KeyError:
            try: [][0]
            except IndexError as e: return [type(x).__name__ for x in (e, e.__context__, e.__context__.__context__)]
print(g())
try:
    try: raise ValueError(1)
    except ValueError as e:
        saved = e
        raise KeyError(2)
except KeyError as e: print(e.__context__ is saved)
e = "outer name"
try: raise ValueError
except ValueError as e: pass
try: print(e)
except NameError as x: print(x)
for i in range(3):
    try:
        if i == 0: raise ValueError(i)
        if i == 1: raise KeyError(i)
    except ValueError as err: print("V", err)
    except KeyError as err: print("K", err)
    else: print("none", i)
