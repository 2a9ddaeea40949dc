# bz2 and lzma: what they make (the same bytes), streams in pieces, what is kept and refused; zip and tar files of all methods.
import bz2
import io
import lzma
import stat
import tarfile
import zipfile
import zlib

data = b"hello world " * 500 + bytes(range(256)) * 30


def tell(what, action):
    try:
        print(what, action())
    except Exception as e:
        print(what, type(e).__name__, e)


for name, make in (("bz2", bz2.compress), ("bz2 1", lambda d: bz2.compress(d, 1)), ("xz", lzma.compress),
                   ("alone", lambda d: lzma.compress(d, lzma.FORMAT_ALONE)),
                   ("xz 0 sha", lambda d: lzma.compress(d, check=lzma.CHECK_SHA256, preset=0)),
                   ("raw", lambda d: lzma.compress(d, lzma.FORMAT_RAW, filters=[{"id": lzma.FILTER_DELTA, "dist": 3},
                                                                             {"id": lzma.FILTER_LZMA2}]))):
    packed = make(data)
    print(name, len(packed), zlib.crc32(packed), len(make(b"")))

for make, unpack, end in ((bz2.BZ2Compressor, bz2.BZ2Decompressor, b"tail"), (lzma.LZMACompressor, lzma.LZMADecompressor, b"")):
    c = make()
    packed = b"".join([c.compress(data[i:i + 700]) for i in range(0, len(data), 700)]) + c.flush()
    print(len(packed))
    tell("again", c.flush)
    tell("more", lambda: c.compress(b""))
    d = unpack()
    out = []
    for i in range(0, len(packed), 100):
        part = d.decompress(packed[i:i + 100], max_length=50)
        while part and not d.eof:
            out.append(part)
            assert len(part) <= 50
            part = b"" if d.needs_input else d.decompress(b"", 50)
        out.append(part)
    print(b"".join(out) == data, d.eof, d.unused_data, d.needs_input)
    tell("at the end", lambda: d.decompress(b""))
    d = unpack()
    print(len(d.decompress(packed + b"tail")), d.unused_data, d.eof)
    d = unpack()
    print(d.decompress(packed[:10]), d.eof, d.needs_input, d.decompress(b"", 0))
    d = unpack()
    tell("broken", lambda: d.decompress(b"no such stream" * 10))
    tell("broken again", lambda: d.decompress(packed))

for arguments in (dict(format=9), dict(preset=20), dict(preset=3, filters=[]), dict(check=99),
                  dict(format=lzma.FORMAT_RAW), dict(format=lzma.FORMAT_ALONE, check=lzma.CHECK_CRC32),
                  dict(filters=[{"id": 77}]), dict(filters=[{"dist": 1}]), dict(filters=[3]),
                  dict(filters=[{"id": lzma.FILTER_LZMA2}] * 5), dict(filters=[{"id": lzma.FILTER_DELTA, "foo": 1}]),
                  dict(filters=[{"id": lzma.FILTER_LZMA2, "foo": 1}])):
    tell(sorted(arguments), lambda: lzma.LZMACompressor(**arguments))
tell("level", lambda: bz2.BZ2Compressor(10))
tell("memory", lambda: lzma.decompress(lzma.compress(data), memlimit=1000))
tell("ended early", lambda: lzma.decompress(lzma.compress(data)[:-5]))
tell("ended early", lambda: bz2.decompress(bz2.compress(data)[:-5]))
for spec in ({"id": lzma.FILTER_LZMA1, "lc": 2, "dict_size": 65536}, {"id": lzma.FILTER_LZMA2},
             {"id": lzma.FILTER_DELTA, "dist": 7}, {"id": lzma.FILTER_ARM, "start_offset": 64}):
    properties = lzma._encode_filter_properties(spec)
    print(properties, lzma._decode_filter_properties(spec["id"], properties))
print(lzma.is_check_supported(lzma.CHECK_SHA256), lzma.is_check_supported(lzma.CHECK_UNKNOWN))
print(bz2.decompress(bz2.compress(b"a") + bz2.compress(b"b")), lzma.decompress(lzma.compress(b"a") + lzma.compress(b"b")))

archive = io.BytesIO()
with zipfile.ZipFile(archive, "w") as z:
    for method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        z.writestr(zipfile.ZipInfo(f"file{method}"), data, method)
with zipfile.ZipFile(archive) as z:
    print(z.testzip(), [(i.filename, i.compress_size) for i in z.infolist()], all(z.read(n) == data for n in z.namelist()))
for mode in ("", "gz", "bz2", "xz"):
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode="w:" + mode) as tar:
        member = tarfile.TarInfo("a/b")
        member.size = len(data)
        tar.addfile(member, io.BytesIO(data))
    archive.seek(0)
    with tarfile.open(fileobj=archive) as tar:
        tar.list()
        print(tar.getnames(), tar.extractfile("a/b").read() == data)
print([stat.filemode(m) for m in (0, 0o644, 0o100755, 0o120777, 0o41777, 0o104711, 0o102644, 0o60000)])
