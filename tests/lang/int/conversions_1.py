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
    "int()",
    "int(3.99)",
    "int(-3.99)",
    "int('42')",
    "int(' -42\\n')",
    "int('+7')",
    "int('1_000')",
    "int('ff', 16)",
    "int('0xff', 16)",
    "int('0b11', 0)",
    "int('0o17', 0)",
    "int('0x1F', 0)",
    "int('10', 2)",
    "int('zz', 36)",
    "int('Z', base=36)",
    "int(b'12')",
    "int(bytearray(b'34'))",
):
    try: print(s, "=", eval(s))
    except Exception as e: print(s, "->", type(e).__name__, str(e)[:120])
