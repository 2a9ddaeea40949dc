# x += 1 makes another object, l += [...] does not.
x = 1000; i = id(x); y = x; x += 1; print(y, x, x is y)
s = "I Wanna "; t = s; s += "Rock"; print(s, t, s is t)
lst = [1, 2, 3]; i = id(lst); lst.append(4); lst.extend([5, 6]); lst[0] = 7; lst += [1]; print(lst, id(lst) == i)
f = 1.5; g = f; f += 1; print(f, g); b = b"a"; c = b; b += b"b"; print(b, c); fs = frozenset([1]); fs2 = fs; fs |= {2}; print(fs2, sorted(fs)); st = {1}; st2 = st; st |= {2}; print(st2)
