# find, index, count, startswith, in, replace, partition.
s = "abracadabra"
print(s.find("abra"), s.find("abra", 1), s.rfind("abra"), s.find("z"), s.find(""), s.rfind(""), s.find("a", 2, 4), s.find("a", -3), s.find("", 20), s.find("", 11), s.find("a", None, None), s.find("abra", -4), s.rfind("a", 0, -1))
print(s.index("c"), s.rindex("b"), s.count("a"), s.count("abra"), s.count(""), s.count("", 3, 5), s.count("a", 5), "aaaa".count("aa"), s.count("z"), "".count(""), "".count("a"))
for c in ("s.index('z')", "s.rindex('z')", "s.index('a', 11)", "s.find()", "s.find(1)", "s.count(None)", "s.startswith(1)", "s.startswith(['a'])", "s.find('a', 'b')", "s.find('a', 1.0)"):
    try: print(eval(c))
    except Exception as e: print(c, "->", type(e).__name__, e)
print(s.startswith("abra"), s.startswith("bra", 1), s.startswith(("x", "ab")), s.startswith(""), s.startswith("", 11), s.startswith("", 12), s.startswith(()), s.endswith("bra"), s.endswith(("x", "ra")), s.endswith("abra", 0, 4), s.endswith(""), s.endswith("a", 0, -1))
print("bra" in s, "" in s, "" in "", "z" in s, "a" not in s, s.replace("a", "A"), s.replace("a", "A", 2), s.replace("a", ""), s.replace("", "-"), s.replace("", "-", 3), s.replace("abra", "x", 0), s.replace("z", "y"), "aaa".replace("aa", "b"), "".replace("", "x"), s.replace("a", "A", -1), "".replace("a", "b"), s.replace("abra", "abracadabra"))
print(s.partition("c"), s.partition("z"), s.rpartition("a"), s.rpartition("z"), s.partition("abra"), "".partition("a"))
print(s.removeprefix("abra"), s.removeprefix("x"), s.removesuffix("bra"), s.removesuffix(""), "aa".removeprefix("a"), s.removeprefix(s))
u = "中文字符中文🎉中"
print(u.find("中", 1), u.rfind("中"), u.count("中文"), u.replace("中", "Z"), u.replace("🎉", ""), u.index("🎉"), "文" in u, u.partition("🎉"), u.startswith("中文"), "abc中".find("c"), "abc".find("中"), u.replace("中文", "ab"), "é" in "café", "\xe9" in u)
big = "ab" * 5000 + "needle" + "ab" * 5000
print(big.find("needle"), big.rfind("needle"), big.count("ab"), big.count("ba"), big.index("dle"), len(big.replace("ab", "c")), big.find("a" * 50), ("a" * 1000 + "b").find("a" * 500 + "b"), ("x" * 1000).rfind("y"))
