"""Hashes and generators of random numbers in words of 64 bits: ints that are just too long to be immediate."""
MASK = 0xFFFFFFFFFFFFFFFF


def fnv(data):
    h = 0xCBF29CE484222325
    for byte in data:
        h = (h ^ byte) * 0x100000001B3 & MASK
    return h


def splitmix(state, n):
    total = 0
    for _ in range(n):
        state = (state + 0x9E3779B97F4A7C15) & MASK
        z = state
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9 & MASK
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB & MASK
        total += (z ^ (z >> 31)) % 1000
    return total


def xorshift(x, n):
    for _ in range(n):
        x ^= x << 13 & MASK
        x ^= x >> 7
        x ^= x << 17 & MASK
    return x


print(hex(fnv(b"the quick brown fox" * 20000)), splitmix(42, 300000), hex(xorshift(88172645463325252, 400000)))
