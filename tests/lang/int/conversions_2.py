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
    "int('0', 0)",
    "int('00', 0)",
    "int('٣٤')",
    "int(I())",
    "int(X())",
    "int(T())",
    "int(RetS())",
    "type(int(RetS()))",
    "int(True)",
    "int(1e20)",
    "int(-1e25)",
    "int(2**70)",
    "int('9' * 40)",
    "int(S(5))",
    "type(int(S(5)))",
    "type(S(5) + 0)",
    "int('-0')",
):
    try: print(s, "=", eval(s))
    except Exception as e: print(s, "->", type(e).__name__, str(e)[:120])
