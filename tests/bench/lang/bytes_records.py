"""struct, array, bytearray, memoryview, int.from_bytes: binary records read and written."""
import struct
from array import array


def checksum(data):
    a, b = 1, 0
    for byte in data:
        a = (a + byte) % 65521
        b = (b + a) % 65521
    return b << 16 | a


record = struct.Struct("<IHhd8s")
out = bytearray()
for i in range(80000):
    out += record.pack(i, i % 65536, -(i % 1000), i / 7, b"name%03d" % (i % 1000))
data = bytes(out)
total = 0
for number, short, signed, real, name in record.iter_unpack(data):
    total += number + short + signed + int(real) + len(name.rstrip(b"\0"))
for at in range(0, len(data), record.size):
    total += struct.unpack_from("<I", data, at)[0]
print(total, checksum(data[:800000]))
numbers = array("d", (i * 0.5 for i in range(250000)))
for i in range(len(numbers)):
    numbers[i] = numbers[i] * 2 + 1
print(sum(numbers), len(array("i", range(1000)).tobytes()))
view, found = memoryview(data), 0
for at in range(0, len(data) - 4, 24):
    found += int.from_bytes(view[at:at + 4], "little") & 0xFF
    if data[at] == 65:
        found += 1
print(found, data.count(b"name"), len(data.replace(b"name", b"")), len(data.hex()))
