# zlib: at once and in streams, checksums, errors; gzip and zipfile upon it.
import copy
import gzip
import io
import random
import zipfile
import zlib

random.seed(5)
text = b"".join(random.choice([b"alpha ", b"beta ", b"gamma\n", b"delta\t"]) for _ in range(4000))
noise = random.randbytes(70000)
for data in (b"", b"a", b"hello hello hello hello", text, noise, text + noise + text):
    for level in (-1, 0, 1, 6, 9):
        packed = zlib.compress(data, level)
        print(len(data), level, len(packed), zlib.crc32(packed), zlib.decompress(packed) == data)
    print(zlib.crc32(data), zlib.adler32(data), zlib.crc32(data, 7), zlib.adler32(data, -1), zlib.crc32(data, 2**70))

c = zlib.compressobj(level=3, wbits=-15, memLevel=5, strategy=zlib.Z_FILTERED)
parts = [c.compress(text[:9000]), c.compress(text[9000:])]
twin = c.copy()
parts.append(c.flush(zlib.Z_SYNC_FLUSH))
parts.append(c.flush())
raw = b"".join(parts)
print([len(p) for p in parts], zlib.crc32(raw), zlib.decompress(raw, -15) == text, zlib.decompress(raw, wbits=-15, bufsize=1) == text)
print(zlib.decompress(b"".join(parts[:2]) + twin.flush(), -15) == text)

d = zlib.decompressobj()
packed = zlib.compress(text) + b"behind"
out = []
at = 0
while not d.eof:
    out.append(d.decompress(d.unconsumed_tail or packed[at:at + 500], 1000))
    if not d.unconsumed_tail:
        at += 500
print(b"".join(out) == text, len(out), d.eof, packed.endswith(d.unused_data + packed[at:]) or d.unused_data, d.flush())
d = zlib.decompressobj()
half = d.decompress(packed[:300])
e = copy.deepcopy(d)
print(half + d.decompress(packed[300:]) + d.flush() == text, half + e.decompress(packed[300:]) == text, e.unused_data, e.eof)
d = zlib.decompressobj()
print(len(d.decompress(zlib.compress(b"x" * 1000), 10)), len(d.unconsumed_tail), d.flush(), d.eof)

words = b"the quick brown fox"
c = zlib.compressobj(zdict=words)
small = c.compress(b"the quick brown fox jumps") + c.flush()
print(small, zlib.decompressobj(zdict=words).decompress(small))


def tell(what):
    try:
        print(what, "->", repr(eval(what))[:60])
    except Exception as e:
        print(what, "->", type(e).__module__, type(e).__name__, e)


for case in """\
zlib.decompress(b"garbage")
zlib.decompress(b"")
zlib.decompress(zlib.compress(text)[:-5])
zlib.decompress(zlib.compress(text)[:20] + b"oops")
zlib.decompress(small)
zlib.decompress(zlib.compress(b"a"), 5)
zlib.compress(b"a", 11)
zlib.compress("str")
zlib.compress(b"a", level="x")
zlib.compress()
zlib.compressobj(level=99)
zlib.compressobj(wbits=3)
zlib.decompressobj(wbits=99)
zlib.decompressobj(zdict=5)
zlib.decompressobj().decompress(b"zzz")
zlib.decompressobj().decompress(b"", -1)
zlib.decompressobj().flush(0)
zlib.decompressobj(zdict=b"wrong").decompress(small)
zlib.decompressobj().decompress("x")
zlib.decompressobj().flush()
c.flush()
c.compress(b"more")
c.copy()
zlib.crc32("x")
zlib.crc32(b"x", "y")
zlib.adler32()
type(c), type(d)
type(c)()
zlib.error.__mro__
zlib.MAX_WBITS, zlib.DEFLATED, zlib.DEF_BUF_SIZE, zlib.Z_FINISH, zlib.Z_BLOCK
sorted(n for n in dir(zlib) if n[0] != "_")
""".splitlines():
    tell(case)

packed = gzip.compress(text, mtime=0)
print(len(packed), zlib.crc32(packed), gzip.decompress(packed) == text, gzip.decompress(packed + packed) == text * 2)
buffer = io.BytesIO()
with gzip.GzipFile(fileobj=buffer, mode="wb", mtime=1, filename="name.txt") as f:
    for line in text.splitlines(True)[:50]:
        f.write(line)
buffer.seek(0)
with gzip.open(buffer, "rt") as f:
    print(f.readline(), len(f.read()))
tell("gzip.decompress(b'not gzip')")
tell("gzip.decompress(packed[:50])")
buffer = io.BytesIO()
with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as z:
    z.writestr(zipfile.ZipInfo("a.txt", (2024, 1, 2, 3, 4, 6)), text, zipfile.ZIP_DEFLATED)
    z.writestr(zipfile.ZipInfo("d/b.bin", (2024, 1, 2, 3, 4, 6)), noise)
with zipfile.ZipFile(buffer) as z:
    z.printdir()
    print(z.namelist(), z.read("a.txt") == text, z.testzip(), z.getinfo("a.txt").compress_size, z.getinfo("d/b.bin").CRC)
tell("zipfile.ZipFile(io.BytesIO(b'no zip'))")
