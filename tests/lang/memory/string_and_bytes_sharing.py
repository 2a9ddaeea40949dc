# Slices and copies of immutable text.
s = "hello world" * 10; b = b"bytes" * 10
print(s[:] is s, s[0:len(s)] is s, s[1:] is s, str(s) is s, s * 1 is s, s + "" is s or s + "" == s, "".join([s]) is s, s.replace("zz", "y") is s, s.strip() is s, s.ljust(5) is s, s.zfill(3) is s, s.upper() is s, s.expandtabs() == s, s.translate({}) == s, b[:] is b, bytes(b) is b, b * 1 is b, b[0:] is b, b.strip() == b, bytes(bytearray(b)) is b)
t = "a"; u = t.upper().lower(); print(u == t, s.split(" ")[0] == "hello", s.partition("zz")[0] is s, s.removeprefix("zz") is s, f"{s}" is s, "%s" % s is s, "{}".format(s) == s, format(s) is s, s.encode().decode() == s, repr(s) is not s)
