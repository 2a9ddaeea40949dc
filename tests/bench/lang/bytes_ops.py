"""bytes and bytearray: iteration, slices, mutation, a checksum."""


def adler(data):
    a, b = 1, 0
    for byte in data:
        a = (a + byte) % 65521
        b = (b + a) % 65521
    return b << 16 | a


def run():
    data = bytes(i * 7 & 255 for i in range(400000))
    buffer = bytearray(data)
    for i in range(0, len(buffer), 2):
        buffer[i] ^= 0x5A
    text = data.hex()
    parts = data.split(b"\x00")
    return adler(data), adler(buffer), len(text), len(parts), bytes.fromhex(text[:20])


for _ in range(3):
    result = run()
print(result)
