"""Huffman coding: build the tree, encode, decode, and pack into bytes.

    huffman.py [-] [TEXT]        - reads standard input
"""
import sys
from collections import Counter

SAMPLE = "She sells sea shells by the sea shore; the shells she sells are sea shells for sure. " * 6


class Leaf:
    def __init__(self, symbol, weight):
        self.symbol, self.weight = symbol, weight

    def codes(self, prefix=""):
        yield self.symbol, prefix or "0"


class Branch:
    def __init__(self, left, right):
        self.left, self.right = left, right
        self.weight = left.weight + right.weight

    def codes(self, prefix=""):
        yield from self.left.codes(prefix + "0")
        yield from self.right.codes(prefix + "1")


def build_tree(frequencies):
    """Two queues, both in order of weight, so that no heap is needed."""
    leaves = [Leaf(s, n) for s, n in sorted(frequencies.items(), key=lambda item: (item[1], item[0]))]
    branches = []
    i = j = 0

    def lightest():
        nonlocal i, j
        if j == len(branches) or i < len(leaves) and leaves[i].weight <= branches[j].weight:
            i += 1
            return leaves[i - 1]
        j += 1
        return branches[j - 1]

    for _ in range(len(leaves) - 1):
        branches.append(Branch(lightest(), lightest()))
    return lightest()


def canonical(codes):
    """Codes of the same lengths, numbered in order of length and symbol."""
    result, code, length = {}, 0, 0
    for symbol, old in sorted(codes.items(), key=lambda item: (len(item[1]), item[0])):
        code <<= len(old) - length
        length = len(old)
        result[symbol] = format(code, f"0{length}b")
        code += 1
    return result


def pack(bits):
    """Bytes of a bit string, the last one padded, with the padding's size in front."""
    padding = -len(bits) % 8
    bits += "0" * padding
    return bytes([padding]) + bytes(int(bits[i:i + 8], 2) for i in range(0, len(bits), 8))


def unpack(data):
    bits = "".join(format(byte, "08b") for byte in data[1:])
    return bits[:len(bits) - data[0]]


def decode(bits, codes):
    symbols = {code: symbol for symbol, code in codes.items()}
    out, code = [], ""
    for bit in bits:
        code += bit
        if code in symbols:
            out.append(symbols[code])
            code = ""
    if code:
        raise ValueError(f"{len(code)} bits left over")
    return "".join(out)


def main(argv):
    text = sys.stdin.read() if argv[1:2] == ["-"] else " ".join(argv[1:]) or SAMPLE
    frequencies = Counter(text)
    codes = canonical(dict(build_tree(frequencies).codes()))
    print("symbol count code")
    for symbol, n in sorted(frequencies.items(), key=lambda item: (-item[1], item[0])):
        print(f"{symbol!r:<6} {n:>5} {codes[symbol]}")
    bits = "".join(codes[symbol] for symbol in text)
    data = pack(bits)
    assert decode(unpack(data), codes) == text
    raw = text.encode()
    print(f"{len(raw)} bytes became {len(data)} ({100 * len(data) / len(raw):.1f}%), {len(bits) / len(text):.3f} bits per symbol")
    print("begins with", data[:16].hex(" "))
    checksum = 0
    for byte in data:
        checksum = (checksum * 31 + byte) % 65521
    print("checksum", checksum)
    try:
        decode(bits[:-1] + "", codes)
    except ValueError as error:
        print("cut short:", error)


if __name__ == "__main__":
    main(sys.argv)
