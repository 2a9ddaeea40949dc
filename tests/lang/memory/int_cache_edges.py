# Equality and identity of ints made in many ways.
vals = [int(s) for s in ("-6", "-5", "0", "1", "100", "256", "257", "100000")]
same = lambda a, b: a is b
print([same(v, int(str(v))) or v > 256 or v < -5 for v in vals], [same(v, v + 0) or v > 256 or v < -5 for v in vals], same(len("abc"), 3), same(ord("a"), 97), same(sum([1, 2]), 3), same(10 // 3, 3), same(2 ** 3, 8), same(7 & 3, 3), same(hash(5), 5), same(int(3.7), 3), same(round(2.6), 3), same([5][0], 5), same({1: 7}[1], 7), same(max(4, 2), 4), same(abs(-9), 9), same(-(-9), 9), same(int(True), 1), same(True + 0, 1), same(range(10)[4], 4), same("abc".index("b"), 1), same([1, 1].count(1), 2), same(bytes([65])[0], 65), same(divmod(7, 2)[0], 3))
a = 10 ** 20; b = 10 ** 20; c = a; print(a == b, a is c, id(a) == id(c)); x = 5; y = x; x += 1; x -= 1; print(x is y, x == y)
