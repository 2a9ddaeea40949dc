# Buffered streams over raw ones that would block, tell wrong positions or answer nonsense; and streams that failed to be made.
import io


class Writer(io.RawIOBase):
    def __init__(self):
        self.written = []
        self.blocker = None

    def writable(self):
        return True

    def write(self, data):
        data = bytes(data)
        if self.blocker and self.blocker in data:
            n = data.index(self.blocker)
            if n:
                self.written.append(data[:n])
                return n
            self.blocker = None
            return None
        self.written.append(data)
        return len(data)


raw = Writer()
b = io.BufferedWriter(raw, 8)
print(b.write(b"abcd"), b.write(b"efghi"))
raw.blocker = b"k"
print(b.write(b"jklmn"))
raw.blocker = b"0"
try:
    b.write(b"opqrwxyz0123456789")
except BlockingIOError as e:
    print(e.args, e.errno, e.characters_written)
print(raw.written)
print(b.write(b"ABCDEFGHI"), raw.written)
b.write(b"XYZ")
raw.blocker = b"X"
try:
    b.flush()
    raw.blocker = b"Z"
    b.write(b"Z")
    b.flush()
except BlockingIOError as e:
    print(e.args, e.characters_written)
b.flush()
print(raw.written)


class Reader(io.RawIOBase):
    def __init__(self, *pieces):
        self.pieces = list(pieces)

    def readable(self):
        return True

    def readinto(self, target):
        piece = self.pieces.pop(0) if self.pieces else b""
        if piece is None:
            return None
        target[: len(piece)] = piece
        return len(piece)


r = io.BufferedReader(Reader(b"abc", b"d", None, b"efg", *[None] * 6))
print(r.read(6), r.read(1), r.read(), r.peek(1), r.read(), r.read(1), r.readinto(bytearray(2)), r.read1(3), r.readline(), r.read())
r = io.BufferedReader(Reader(b"abc", b"de", b"fgh", b"jkl"), 10)
two = bytearray(2)
print(r.peek(3), r.readinto1(two), two, r.readinto1(two), two[:1], r.readinto1(two), two)
twenty = bytearray(20)
print(r.peek(3), r.readinto1(twenty), twenty[:6])


class Liar(Reader):
    def seekable(self):
        return True

    def seek(self, position, whence=0):
        return -123

    def tell(self):
        return -456


class Silly(Reader):
    def readinto(self, target):
        return b""


def attempt(*steps):
    for step in steps:
        try:
            print(step())
        except (ValueError, TypeError, OSError, MemoryError) as e:
            print(type(e).__name__, e, repr(e.__cause__))


liar, silly = io.BufferedReader(Liar(b"abc")), io.BufferedReader(Silly())
attempt(lambda: liar.seek(0), lambda: liar.tell(), lambda: silly.readline(), lambda: silly.read(2))

x = io.BufferedReader.__new__(io.BufferedReader)
attempt(lambda: x.read(0), lambda: repr(x), lambda: x.raw, lambda: x.__init__(Reader(b"abc"), 0), lambda: x.read(),
        lambda: x.__init__(Reader(b"abc"), -1), lambda: x.__init__(Reader(b"abc")), lambda: x.read(),
        lambda: type(x.detach()).__name__, lambda: x.read(), lambda: x.__init__(Reader(), 2**62))
t = io.TextIOWrapper(io.BytesIO(b"a"), encoding="utf-8")
attempt(lambda: t.__init__(io.BytesIO(), newline="xyz"), lambda: t.read(), lambda: repr(t))

f = io.FileIO(__file__)


def bad():
    print("flush", f.closed)
    raise OSError("bad")


f.flush = bad
attempt(f.close, lambda: f.closed)

for stream in io.IOBase(), io.RawIOBase(), io.TextIOBase(), io.StringIO(), io.BytesIO(), io.BufferedReader(Reader()):
    print(stream.__dict__, "__dict__" in dir(stream), "__dict__" in vars(type(stream)))
    stream.more = 1
    print(vars(stream))
    try:
        stream.__dict__ = {}
    except AttributeError as e:
        print(e)


class Own(io.StringIO):
    pass


own = Own("text")
own.more = 2
print(vars(own), own.read())
