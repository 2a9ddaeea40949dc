# Slices with steps past any length: one item or none, on every sequence, read, written and deleted.
import sys

for step in (sys.maxsize, -sys.maxsize - 1, 10**30, -(10**30), sys.maxsize // 2 + 1):
    for sequence in ([1, 2, 3, 4], (1, 2, 3, 4), "abcd", "\u20acbc", b"abcd", bytearray(b"abcd"), memoryview(b"abcd"), range(4)):
        for start in (None, 1, 3, 9, -1):
            part = sequence[start::step]
            print(type(sequence).__name__, start, list(part), end="; ")
    numbers = [1, 2, 3, 4]
    numbers[3::step] = ["x"] * len(numbers[3::step])
    data = bytearray(b"abcd")
    data[3::step] = b"z" * len(data[3::step])
    del numbers[1::step], data[1::step]
    print(numbers, data)
