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
