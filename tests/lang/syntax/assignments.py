# Chained, augmented, annotated and target forms.
a = b = c = [1]
b.append(2)
print(a, c, a is c)
x, y = 1, 2
x, y = y, x
print(x, y)
(p, q), [r, s] = (1, 2), "ab"
print(p, q, r, s)
first, *middle, last = range(6)
print(first, middle, last)
*init, tail = "xy"
head, *rest = [1]
print(init, tail, head, rest)
d = {}
d["k"], d["j"] = 1, 2
i = 0
i, d[i] = 5, "set at 5"
print(d)
n = 10
n += 5; print(n)
n -= 3; print(n)
n *= 2; print(n)
n //= 5; print(n)
n **= 3; print(n)
n %= 7; print(n)
n <<= 4; print(n)
n >>= 2; print(n)
n |= 3; print(n)
n &= 6; print(n)
n ^= 5; print(n)
n /= 2; print(n)
lst = [1, 2]
same = lst
lst += (3, 4)
print(lst, same is lst)
t = (1,)
old = t
t += (2,)
print(t, old)
s = "a"
s *= 3
print(s)
z: int = 3
w: "not evaluated later"
print(z, __annotations__)
try:
    w
except NameError as e:
    print(e)
m = [[0] * 2 for _ in range(2)]
m[0][1] += 7
m[1][0], m[0][0] = 1, 2
print(m)
one, = [1]
[two] = (2,)
() = []
[] = ()
print(one, two)
for bad in ([1], [1, 2, 3], 5):
    try:
        u, v = bad
    except (ValueError, TypeError) as e:
        print(type(e).__name__, e)
try:
    f, *g, h = [1]
except ValueError as e:
    print(e)
tup = ([1],)
try:
    tup[0] += [2]
except TypeError as e:
    print(e, tup)
