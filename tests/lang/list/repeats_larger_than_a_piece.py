# Repetitions long enough to be made in pieces: the pattern goes on over their borders, each reference is counted.
import sys

marker = object()
for n in (1, 2, 3, 7, 1000, 131071, 131073):
    pattern = list(range(n - 1)) + [marker]
    for times in (2, 3, 150001 // n + 2):
        before = sys.getrefcount(marker)
        whole = pattern * times
        counted = sys.getrefcount(marker) - before
        same = all(whole[at:at + n] == pattern for at in range(0, len(whole), n))
        grown = pattern[:]
        grown *= times
        print(n, times, len(whole), counted, same, grown == whole)
        del whole, grown
        assert sys.getrefcount(marker) == before

for text in ("a", "ab", "abc", "\u00e9x", "\u4e2d", "x" * 1048575, "y\u20ac" * 600000):
    for times in (2, 3, 2500000 // len(text) + 1):
        whole = text * times
        data = text.encode()
        print(len(text), times, len(whole), whole.count(text) == times, whole == "".join([text] * times),
              data * times == whole.encode(), bytearray(data) * times == data * times)
        grown = bytearray(data)
        grown *= times
        assert grown == data * times
