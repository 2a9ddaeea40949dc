"""A buffered stream whose raw stream calls it back, or is slow while other threads write."""
import io
import threading
import time


class Back(io.RawIOBase):
    stream = None
    action = None
    calls = 0

    def readable(self):
        return True

    writable = seekable = readable

    def back(self):
        if self.action and self.calls < 1:
            self.calls += 1
            try:
                print("back", self.action(self.stream))
            except (RuntimeError, ValueError) as e:
                print("back", type(e).__name__, str(e).split(" object")[0].split("<")[0])

    def write(self, b):
        self.back()
        return len(b) // 2 + 1

    def readinto(self, b):
        self.back()
        b[:] = b"x" * len(b)
        return len(b)

    def seek(self, offset, whence=0):
        self.back()
        return 0

    def tell(self):
        return 0


for action in (lambda s: s.write(b"abc" * 5), lambda s: s.flush(), lambda s: s.close(), lambda s: s.detach(),
               lambda s: s.seek(0)):
    raw = Back()
    raw.stream = io.BufferedWriter(raw, 8)
    raw.action = action
    print(raw.stream.write(b"y" * 7), raw.stream.write(b"z" * 30))
    raw.stream.flush()
    raw.action = None
for action in (lambda s: s.read(3), lambda s: s.peek(), lambda s: s.readline(5), lambda s: s.readinto(bytearray(3))):
    raw = Back()
    raw.stream = io.BufferedReader(raw, 8)
    raw.action = action
    print(raw.stream.read(20))
    raw.action = None


class Slow(io.RawIOBase):
    def __init__(self):
        self.parts = []

    def writable(self):
        return True

    def write(self, b):
        time.sleep(0)
        data = bytes(b)[:5]
        self.parts.append(data)
        return len(data)


slow = Slow()
stream = io.BufferedWriter(slow, 8)


def work(n):
    for i in range(200):
        stream.write(bytes([65 + n]) * (1 if i % 2 else 19))


threads = [threading.Thread(target=work, args=(n,)) for n in range(8)]
for t in threads:
    t.start()
for t in threads:
    t.join()
stream.flush()
whole = b"".join(slow.parts)
print([whole.count(bytes([65 + n])) for n in range(8)])
