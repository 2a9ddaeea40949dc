"""codecs.charmap_build: a map of its own type for tables of 256 characters, a dict for others."""
import codecs

table = "".join(map(chr, range(255))) + "\u20ac"
fast = codecs.charmap_build(table)
print(type(fast), codecs.charmap_encode("a\u20ac\0", "strict", fast))
print(codecs.charmap_encode("\u20ac\xff\u1234a", "replace", fast))
try:
    codecs.charmap_encode("ab\xff\u1234", "strict", fast)
except UnicodeEncodeError as e:
    print(e)
twice = codecs.charmap_build("\0" + "aa" * 127 + "b")
print(codecs.charmap_encode("ab", "strict", twice))
print(codecs.charmap_build("abc"), type(codecs.charmap_build("x" * 256)))
try:
    type(fast)()
except TypeError as e:
    print(e)
print(codecs.charmap_decode(b"a\xff", "strict", table), codecs.charmap_decode(b"a\x03", "replace", "abc"))
