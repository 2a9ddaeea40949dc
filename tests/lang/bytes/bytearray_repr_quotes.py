for data in (b"a'b", b'a"b', b"a\"'b", b"\\'", b"''", b""):
    print(repr(data), repr(bytearray(data)))
