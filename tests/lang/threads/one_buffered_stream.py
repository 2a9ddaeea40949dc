# Many threads write to one buffered stream, and read from one, whose raw stream lets other threads run: nothing is lost or stuck.
import io
import threading
import time
from collections import deque


class Slow(io.RawIOBase):
    def __init__(self, data=b""):
        self.parts = []
        self.data = data

    def readable(self):
        return True

    def writable(self):
        return True

    def write(self, data):
        self.parts.append(bytes(data))
        time.sleep(0)
        return len(data)

    def readinto(self, room):
        part = self.data[:len(room)]
        self.data = self.data[len(part):]
        time.sleep(0)
        room[:len(part)] = part
        return len(part)


def all_at_once(work):
    threads = [threading.Thread(target=work) for _ in range(20)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()


contents = bytes(range(256)) * 40
queue = deque(contents[i:i + 1 + i % 19] for i in range(0, 2000, 3))
expected = sorted(b"".join(queue))
raw = Slow()
stream = io.BufferedWriter(raw, 8)


def write():
    while True:
        try:
            part = queue.popleft()
        except IndexError:
            return
        stream.write(part)


all_at_once(write)
stream.flush()
print(sorted(b"".join(raw.parts)) == expected)

stream = io.BufferedReader(Slow(contents), 8)
found = []


def read():
    n = 1
    while part := stream.read(n):
        found.append(part)
        n = 20 - n


all_at_once(read)
print(sorted(b"".join(found)) == sorted(contents))
