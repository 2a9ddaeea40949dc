# Values of C's number and character types: what they hold of a Python value, and what they refuse.
import ctypes


class Real:
    def __float__(self):
        return 2.5


class Index:
    def __index__(self):
        return 300


def attempt(action):
    try:
        return action()
    except Exception as e:
        return f"{type(e).__name__}: {e}"


values = [0, 1, -1, 300, 2**31, -2**63 - 1, 10**30, True, 0.1, -2.5, 1e39, float("inf"), None, "x", "1", b"a", b"ab", bytearray(b"z"),
          1j, [], Real(), Index()]
for name in "c_byte c_ubyte c_short c_ushort c_int c_uint c_long c_ulong c_float c_double c_char c_bool".split():
    t = getattr(ctypes, name)
    print(name, t.__name__, t._type_, ctypes.sizeof(t), ctypes.alignment(t), t(), bool(t()), attempt(lambda: t(1, 2)))
    for i, value in enumerate(values):
        print(i, attempt(lambda: t(value)), attempt(lambda: t(value).value), attempt(lambda: bool(t(value))))
    x = t()
    for value in (65, 1.5, b"q", "no"):
        print(attempt(lambda: setattr(x, "value", value)), x)
    print(attempt(lambda: delattr(x, "value")), x == t(), x == x)
print(ctypes.c_int32 is ctypes.c_int, ctypes.c_uint8 is ctypes.c_ubyte, ctypes.c_int64 is ctypes.c_long, ctypes.c_size_t is ctypes.c_ulong)
print(ctypes.c_int32(0xDEADBEEF).value, ctypes.c_uint32(-5).value, ctypes.c_float(1 / 3).value)
