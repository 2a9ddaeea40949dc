# Bytes and nothing are the same bytes, when they are exactly bytes; a bytearray is always a new one.
class Sub(bytes):
    pass


for left in b"ab", Sub(b"ab"), bytearray(b"ab"):
    for right in b"", Sub(), bytearray(), memoryview(b""):
        for x, y in (left, right), (right, left):
            try:
                result = x + y
            except TypeError as e:
                print(e)
            else:
                print(type(x).__name__, type(y).__name__, type(result).__name__, result, result is x, result is y)
