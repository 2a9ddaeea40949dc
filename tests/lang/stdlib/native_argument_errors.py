# What native modules say of arguments of the wrong number, kind or size, and which argument they look at first.
import array, binascii, cmath, datetime, io, math, struct, unicodedata


def t(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except Exception as e:
        print(type(e).__name__, e)


a = array.array("h", [1, 2])
for f in (a.extend, a.tofile, a.fromfile):
    t(f)
    t(f, 1, 2, 3)
t(a.frombytes, array.array("d", [1.5]))
t(a.frombytes, array.array("b", [1, 2]))
t(a.fromfile, io.BytesIO(b"1234"), 2**70)
t(a.insert, 2**70, 1)
t(array.array("u").fromunicode, None)
print(a)

s = struct.Struct("<hB")
t(s.unpack_from, None, None)
t(s.unpack_from, b"abcd", None)
t(s.unpack_from, b"abcd", 2**70)
t(s.unpack_from, b"abcd", offset=1)
for f in (struct.pack, struct.calcsize):
    t(f, ["a"])
    t(f, None)
t(struct.unpack_from, [], None, None)
t(struct.unpack, {}, b"")

for base in (-1, 3, float("inf"), 0.5, -2.5, 0, 1):
    t(cmath.log, 0, base)
t(cmath.log, 0)
t(cmath.log10, 0)
t(math.comb, 1.5, None)
t(math.comb, 1, None)
t(binascii.crc32, None, None)
t(binascii.crc32, b"a", None)
t(binascii.crc_hqx, None, None)

t(unicodedata.category, None)
t(unicodedata.name, None, "x")
t(unicodedata.normalize, None, "")
t(unicodedata.is_normalized, "no such form", "")
t(unicodedata.is_normalized, "no such form", "a")
t(unicodedata.is_normalized, "NFC", None)

D, T = datetime.datetime, datetime.timezone
for f in (D.fromordinal, D.utcfromtimestamp, D.strptime, D(2020, 1, 1).__format__, datetime.date(2020, 1, 1).__format__, datetime.time(1).__format__):
    t(f)
    t(f, 1, 2, 3)
t(T.utc.fromutc, None)
