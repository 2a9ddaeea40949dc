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
for s in (
    "int(1.5, 10)",
    "int(base=10)",
    "int('1', base='a')",
    "int(Bad())",
    "int(object())",
    "int(1j)",
    "int(None)",
    "int(float('inf'))",
    "int(float('nan'))",
    "int('1', 2, 3)",
    "int(x=1)",
    "int('1\\0')",
    "int(b'\\xff')",
    "int('é')",
    "int('1' * 5000)",
):
    try: print(s, "=", eval(s))
    except Exception as e: print(s, "->", type(e).__name__, str(e)[:120])
print(str(10**50), repr(-10**50), str(2**200), f"{10**30:,}", len(str(3**2000)), str(12345678901234567890)[::-1])
print([int(x) for x in (0.5, 1.5, 2.5, -0.5, 1e15 + 0.5, 2**53 + 0.0)], [round(x) for x in (0.5, 1.5, 2.5, -0.5, -1.5)])
try: str(10**5000)
except ValueError as e: print(e)
try: int("1" * 4301)
except ValueError as e: print(e)
print(len(hex(10**5000)), int("f" * 100, 16) == 2**400 - 1, len(str(10**4299)))
