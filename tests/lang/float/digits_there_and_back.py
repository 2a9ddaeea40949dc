"""The shortest digits of a float, and the float of digits: powers and their neighbours, ties, long and short decimals."""
state = 12345


def bits(n):
    global state
    value = 0
    for _ in range(n):
        state = (state * 6364136223846793005 + 1442695040888963407) % 2 ** 64
        value = value << 1 | state >> 63
    return value


def check(x):
    text = repr(x)
    if float(text) != x:
        print("lost", x.hex(), text)
    return text


shown = []
for e in range(-25, 52):
    x = 2.0 ** e
    shown += [check(x), check(x * (1 + 2 ** -52)), check(x * (1 - 2 ** -53))]
for e in range(-9, 18):
    x = 10.0 ** e
    shown += [check(x), check(x * (1 + 2 ** -52)), check(x * (1 - 2 ** -53)), check(x / 3), check(x / 7)]
print(*shown)
total = 0
for _ in range(3000):
    for x in (bits(53) / 2 ** 53, bits(53) / 2 ** 20, bits(60) / 7, bits(40) / 1000, bits(30) / 2 ** 40):
        total = (total * 31 + sum(map(ord, check(x)))) % 1000003
print(total)
for text in ("0.1", "1e22", "1e23", "9007199254740993", "9007199254740993.0000001", "9007199254740992.5", "1.7976931348623157e308",
             "123456789012345678", "12345678901234567890123", "0.000000123456789012345678", "4.35", "0.3", "2.2250738585072014e-308",
             "5e-324", "1e-400", "1e400", "-0", "-0.0e5", "1_000.5_0", "  7.25  ", "0e0", "00012.500", "1e+5", "1E-5", ".5", "5."):
    print(text, repr(float(text)), float(text).hex())
total = 0
for _ in range(3000):
    text = f"{bits(50)}.{bits(40)}" if _ % 2 else f"{bits(63)}e{bits(6) - 40}"
    total = (total * 31 + sum(map(ord, float(text).hex()))) % 1000003
print(total)
for odd in range(2 ** 53 + 1, 2 ** 53 + 20, 2):
    print(float(str(odd)).hex(), float(f"{odd * 5}e-1").hex(), float(f"{odd}.00000000000000000000001").hex())
import json
print(json.loads("[1.5, 1e3, 0.1, 123456789.123456789, 1E400, -0.0, 12345678901234567890.5]"))
