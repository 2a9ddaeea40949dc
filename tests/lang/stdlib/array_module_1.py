# array.
from array import array
a = array("i", [1, 2, 3])
a.append(4)
a.extend([5])
a.insert(0, 0)
print(a, len(a), a[0], a[-1], a[1:3], a.typecode, a.itemsize, a.pop(), a.index(2), a.count(1), 3 in a, list(a), a.tolist(), a + array("i", [9]), a * 2, a == array("i", [0, 1, 2, 3, 4]), a < array("i", [5]), a.tobytes()[:4], a.buffer_info()[1])
a[0] = 10
a[1:2] = array("i", [7, 8])
del a[0]
a.reverse()
a.remove(3)
a += array("i", [1])
print(a, array("d", [1.5, 2]), array("u", "aé"), array("B", b"ab"), array("b"), array("f", [1.1])[0] == 1.1, array("q", [2**62]), array("i", (x for x in range(3))), array("i", b"\1\0\0\0"), repr(array("u")))
for c in (
    "array('z')",
    "array('i', ['a'])",
    "array('i', [1.5])",
    "array('b', [200])",
    "array('B', [-1])",
    "a[99]",
    "a['a']",
    "a.append('x')",
    "a + [1]",
    "a.pop(99)",
    "a.remove(99)",
    "a.index(99)",
    "array()",
):
    try: print(c, eval(c))
    except Exception as e: print(c, "->", type(e).__name__, e)
