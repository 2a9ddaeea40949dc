# int() from everything, with bases.
class I:
    def __int__(self): return 7
class X:
    def __index__(self): return 8
class T:
    def __trunc__(self): return 9
class S(int): pass
class RetS:
    def __int__(self): return S(3)
class Bad:
    def __int__(self): return "x"
import warnings
warnings.simplefilter("ignore")
for s in (
    "int('_1')",
    "int('1__0')",
    "int('1_')",
    "int('0_1', 0)",
    "int('010', 0)",
    "int('1 2')",
    "int('')",
    "int(' ')",
    "int('+')",
    "int('--1')",
    "int('0x')",
    "int('0x', 16)",
    "int('12', 2)",
    "int('1', 37)",
    "int('1', -1)",
    "int('1', 1)",
    "int(12, 10)",
):
    try: print(s, "=", eval(s))
    except Exception as e: print(s, "->", type(e).__name__, str(e)[:120])
