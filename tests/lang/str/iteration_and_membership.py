# Loops over strings, membership, comparison chains, building.
s = "naïve 中🎉"
print([c for c in s], len(s), [ord(c) for c in s], list(enumerate(s))[-2:], dict(zip(s, range(3))), sorted(s), "".join(sorted(set("banana"))), max(s), min(s), [s[i] for i in range(-3, 3)], list(reversed(s)), s[::-1] == "".join(reversed(s)), list(map(str.upper, "ab")), [a + b for a, b in zip("abc", "xyz")], "".join(c if c.isascii() else "?" for c in s), {c: s.count(c) for c in dict.fromkeys("hello")})
for c in "ab":
    for d in "xy": print(c + d, end=" ")
print(); it = iter("abc"); print(next(it), "".join(it), list(it)); a, b, *r = "hello"; print(a, b, r)
print("a" in "abc", "ac" in "abc", "" in "abc", "abcd" in "abc", "é" in "e\u0301", "中" in s, "ïv" in s, "\0" in "a\0b", "a" not in "b", "x" in "" , "" in "")
for bad in (1, None, b"a", ["a"], ("a",)):
    try: bad in "abc"
    except TypeError as e: print(e)
out = ""
for i in range(10): out += str(i); out = out + "-"
print(out, out.count("-"), out[:-1].split("-") == [str(i) for i in range(10)]); t = out; out += "end"; print(t != out, len(out) - len(t)); u = "x"; v = u; u += "y"; print(u, v); w = ["a"]; w[0] += "b"; w[0] *= 2; print(w)
print(s * 0 == "", "ab" * 2 + "c", ("a" "b") * 2, "-" * 10, "=" * 3 + ">" , 2 * "no" + "yes", "a" * 3 == "aaa", "abc"[1] * 3, "%s" * 2 % ("x", "y"), *"abc", sep="|")
