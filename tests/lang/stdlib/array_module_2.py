# array.
from array import array
a = array("i", [1, 2, 3])
a.append(4)
a.extend([5])
a.insert(0, 0)
a[0] = 10
a[1:2] = array("i", [7, 8])
del a[0]
a.reverse()
a.remove(3)
a += array("i", [1])
for c in (
    "array('i', 5)",
    "a[0:1] == 5",
    "array('i').pop()",
    "a.extend(array('d', [1.0]))",
    "a[0:1] == array('d', a[0:1])",
    "hash(a)",
    "array('u', [1])",
    "array('i', 'abc')",
    "array('ii')",
    "a.frombytes(b'abc')",
    "a.fromlist([1, 'x'])",
    "a * 'x'",
    "array('i', [2**40])",
):
    try: print(c, eval(c))
    except Exception as e: print(c, "->", type(e).__name__, e)
a.frombytes(b"\5\0\0\0")
a.fromlist([6])
a.byteswap()
print(a[-1], memoryview(array("h", [1, 2])).format, bytes(array("B", [65])), sum(array("d", [1, 2])), array("i", [1]).__copy__(), sorted(array("i", [3, 1])), max(array("b", [1, 5])), array("I", [2**32 - 1]))
m = memoryview(a)
try: a.append(1)
except BufferError as e: print(e)
