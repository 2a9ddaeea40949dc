# binascii, base64, hashlib-free.
import binascii, base64
print(binascii.hexlify(b"ab\xff"), binascii.unhexlify("6162ff"), binascii.b2a_hex(b"abc", ":"), binascii.crc32(b"hello"), binascii.crc32(b"lo", binascii.crc32(b"hel")), binascii.b2a_base64(b"hello"), binascii.a2b_base64("aGVsbG8="), binascii.b2a_base64(b"x", newline=False), binascii.crc_hqx(b"abc", 0), binascii.adler32(b"x") if hasattr(binascii, "adler32") else "")
print(base64.b64encode(b"hello world"), base64.b64decode("aGVsbG8gd29ybGQ="), base64.urlsafe_b64encode(b"\xff\xfe\xfd"), base64.b32encode(b"abc"), base64.b16encode(b"abc"), base64.b64decode(b"YQ=="), base64.b32decode("MFRGG==="), base64.b85encode(b"hello"), base64.a85encode(b"hello"), base64.b64encode(b""), base64.standard_b64encode(b"?"), base64.encodebytes(b"x" * 60))
for c in ("binascii.unhexlify('abc')", "binascii.unhexlify('zz')", "binascii.a2b_base64('a')", "base64.b64decode('a')", "binascii.hexlify('a')", "base64.b64encode('a')", "base64.b64decode('a$b=', validate=True)", "base64.b16decode('zz')", "binascii.unhexlify('é')", "base64.b32decode('a')"):
    try: print(c, eval(c))
    except Exception as e: print(c, "->", type(e).__name__, e)
