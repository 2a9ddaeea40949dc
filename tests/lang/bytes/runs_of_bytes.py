# Bytes made, repeated, cut, compared and shown by whole runs; sequences of characters; checksums; arrays that are equal.
import array
import binascii
import decimal


def show(f):
    try:
        print(repr(f()))
    except Exception as e:
        print(type(e).__name__, e)


for make in bytes, bytearray:
    for items in [], (), [0, 255], (1, 2, 3), [256], [-1], [1, "x"], ["x"], [1, True], [True], [2**70], [1.0], range(3), [5] * 100:
        show(lambda: make(items))
    v = make(b"0123456789")
    for cut in slice(None, None, -1), slice(1, 8, 3), slice(8, 1, -2), slice(5, 5, 2), slice(100, None, -1), slice(None, None, 20):
        print(v[cut], end=" ")
    print()
    for n in 0, 1, 2, 3, 7:
        print(make(b"ab") * n, make(b"x") * n, make(b"") * n, n * make(b"abc"))
    w = make(b"ab")
    w *= 5
    print(w)
    w *= 0
    print(w)
    v = make(range(0, 250, 23))
    for group in 1, 2, 3, 4, 11, 12, -1, -2, -3, -4, -11, -12, 0:
        print(v.hex("-", group), v.hex(b":", group))
    print(make().hex(" "), make(b"a").hex(" "), make(b"ab").hex("\0"))
    show(lambda: v.hex("ab"))
    show(lambda: v.hex("é"))
    show(lambda: v.hex(5))
    print(make(b"a" * 100).isascii(), make(b"a" * 40 + b"\x80").isascii(), make().isascii())


class Sub(bytes):
    pass


print(Sub(b"abc")[::-1], type(Sub(b"abc")[::-1]).__name__, (Sub(b"ab") * 2), memoryview(b"abcdef")[::-2].hex(","))
print((1, [2]) * 3, () * 5, (None,) * 4, 0 * (1,), (1, 2) * 1)
print(tuple("aé日\U0001f600"), list("aé日\U0001f600"), tuple(b"abc"), tuple({1: 2}), tuple(x for x in "xy"), list(""), [*"ab", *"é"])
shared = [[]] * 2
t = tuple(iter(shared))
print(t[0] is shared[0], t)
for data in b"", b"a", b"123456789", bytes(range(256)) * 9:
    print(binascii.crc32(data), binascii.crc32(data, 7), binascii.crc32(data, -1), binascii.crc32(data, 2**40 + 3))

a, b = array.array("i", [1, 2, 3]), array.array("i", [1, 2, 3])
print(a == b, a != b, a < b, a <= b, a == array.array("i", [1, 2, 4]), a == array.array("h", [1, 2, 3]), a == array.array("d", [1, 2, 3]), a == [1, 2, 3])
nan = array.array("d", [float("nan"), 0.0])
print(nan == nan, array.array("d", [-0.0]) == array.array("d", [0.0]), array.array("u", "ab") == array.array("u", "ab"), array.array("B") == array.array("B"))

D = decimal.Decimal
with decimal.localcontext() as c:
    c.prec = 5
    c.traps[decimal.Inexact] = False
    print(D(1) / 3, c.flags[decimal.Inexact], decimal.getcontext() is c)
print(D(1) / 3, decimal.getcontext().prec)
with decimal.localcontext(decimal.Context(prec=3), Emax=99) as c:
    print(D(2) / 3, c)
one = decimal.Context(prec=7, traps=[decimal.Overflow], flags=[decimal.Rounded])
two = one.copy()
print(one, two, one.flags == two.flags, one.flags is two.flags, one.traps is two.traps, type(two.flags).__name__)
two.flags[decimal.Inexact] = True
two.prec = 9
print(one.prec, one.flags[decimal.Inexact], two.prec, two.flags[decimal.Inexact])
manager = decimal.localcontext(one)
with manager as c:
    print(c.prec, c is one)
show(lambda: decimal.localcontext(5))
show(lambda: decimal.localcontext(nonsense=5))
show(lambda: decimal.localcontext(prec="x"))
print(D("1.5").next_plus(), D("1.5").next_minus(), D("1.5").next_toward(D(2)), D(2).exp(), D(2).ln())
import copy
import pickle
print(copy.copy(one).prec, pickle.loads(pickle.dumps(one)))
