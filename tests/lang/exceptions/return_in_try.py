# return, break and continue leave handlers correctly.
import sys
def f():
    try: raise ValueError
    except ValueError: return sys.exc_info()[0].__name__
print(f(), sys.exc_info())
def g():
    for i in range(3):
        try: raise KeyError(i)
        except KeyError:
            if i == 1: break
            continue
    return sys.exc_info(), i
print(g())
def h():
    while True:
        try:
            try: raise ValueError
            finally: break
        except ValueError: print("never")
    return sys.exc_info()
print(h())
def k():
    try: return "try"
    except Exception: return "except"
    else: return "else"
    finally: print("finally")
print(k())
def m():
    try:
        try: raise ValueError("lost")
        finally: return "swallowed"
    except ValueError: return "never"
print(m())
def n():
    try: raise ValueError("a")
    except ValueError as e:
        def inner(): return e
        try: return inner().args
        finally: print("in finally", sys.exc_info()[0].__name__)
print(n())
def p():
    try:
        with open_() as f: return 1
    except NameError as e: return str(e)
print(p())
def q(x):
    try:
        if x: return "early"
    finally:
        if x == 2: return "late"
    return "end"
print(q(0), q(1), q(2))
