# Small ints and identity.
a, b = 256, 256
print(a is b, -5 is -5 or True)
x = 100; y = 50 + 50; print(x is y)
print(id(5) == id(5), id(0) == id(0))
def f(n): return n
print(f(7) is f(7), int("12") is int("12"), len("abc") is len("xyz"))
n = 0
for i in range(256): n += 1
print(n is 256, [1, 2][0] is 1)
print(True is True, None is None, (1 == 1) is True, () is ())
l = [1]; i = id(l); l += [2]; l.append(3); print(id(l) == i)
t = (1,); i = id(t); t += (2,); print(id(t) == i)
s = "ab"; i = id(s); s2 = s + "c"; print(id(s2) == i, id(s) == i)
