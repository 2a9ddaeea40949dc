# find/rfind/index/count/replace with empty strings, overlaps, bounds.
s = "aaa"
for sub in ("", "a", "aa", "aaa", "aaaa", "b"):
    print(repr(sub), s.find(sub), s.rfind(sub), s.count(sub), sub in s, s.startswith(sub), s.endswith(sub), repr(s.replace(sub, "X")), repr(s.replace(sub, "X", 1)), s.split(sub) if sub else "empty", s.partition(sub) if sub else "empty", s.rpartition(sub) if sub else "empty")
t = "hello world"
for a, b in ((0, 5), (5, 0), (-5, None), (None, -5), (3, 3), (100, 200), (-100, 100), (11, 11), (11, 12), (0, 100)):
    print((a, b), t.find("o", a, b), t.rfind("o", a, b), t.count("o", a, b), t.find("", a, b), t.rfind("", a, b), t.count("", a, b), t.startswith("", a, b), t.endswith("", a, b), t.startswith("hello", a, b), t.endswith("world", a, b))
big = "x" * 10000 + "y" + "x" * 10000
print(big.find("y"), big.rfind("y"), big.count("xy"), big.find("xyx"), big.find("yy"), big.index("y", 10000), big.find("y", 10001), big.rfind("x", 0, 10000), big.count("x"), len(big.replace("x", "")), len(big.replace("y", "zz")), big.split("y")[0] == "x" * 10000, ("ab" * 5000).count("aba"), ("ab" * 5000).find("ba" * 4999 + "a"), ("a" * 100 + "b").find("a" * 50 + "b"), ("abc" * 100).rfind("abc", 0, 299))
