# partition() of a text without the separator gives the text itself, whatever its class; bytearray gives a copy.
class S(str):
    pass


class B(bytes):
    pass


class A(bytearray):
    pass


for text, separators in ((S("abc"), ("z", "é", "abcd", "b", "c")), (B(b"abc"), (b"z", b"abcd", b"b")), (A(b"abc"), (b"z", b"abcd", b"b"))):
    for separator in separators:
        for parts in (text.partition(separator), text.rpartition(separator)):
            print([type(p).__name__ for p in parts], parts, [p is text for p in parts])
