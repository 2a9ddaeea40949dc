"""complex() takes its parts by float(), so that a subclass of float may say which number it is."""


class F(float):
    def __float__(self): print("asked"); return 2.5
class Odd(float):
    def __float__(self): return "x"
class I:
    def __index__(self): return 3


for make in (lambda: complex(F(1)), lambda: complex(1, F(1)), lambda: complex(F(1), F(2)), lambda: complex(I(), I()), lambda: complex(Odd()), lambda: complex(1, Odd()), lambda: complex(1j, F(3)), lambda: complex(F(3), 1j)):
    try: print(make())
    except TypeError as e: print(e)
b = bytearray(b"abcdef")
class L(list):
    def __float__(self): return 1.0
class B(bytearray):
    def __int__(self): return 1
for value in (1, 1.5, 1j, "x", True, None, [1], (300,), I(), F(), L([1]), B(b"z"), b"y", {7}, object()):
    for cut in (slice(0, 1), slice(0, 4, 2)):
        copy = b[:]
        try: copy[cut] = value; print(copy)
        except (TypeError, ValueError) as e: print(type(e).__name__, e)
