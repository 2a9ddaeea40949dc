# Index, slice, compare, concatenate, repeat.
s = "hello wörld 中🎉"
print(s[0], s[-1], s[4], s[-3], len(s), s[1:4], s[:5], s[6:], s[::2], s[::-1], s[-3:], s[:-3], s[10:2], s[2:10:3], s[10:2:-3], s[100:], s[:100], s[-100:3], s[::100], s[5:5], s[::-2], s[None:None:None], s[True])
for i in (20, -20, 14):
    try: s[i]
    except IndexError as e: print(i, e)
for c in ("s[1.0]", "s['a']", "s[None]", "s[1:'a']", "s[::0]", "s[1, 2]", "s[2**70]", "s[:2**70]", "s[-2**70:]", "s[::2**70]", "s[::-2**70]"):
    try: print(c, eval(c))
    except Exception as e: print(c, "->", type(e).__name__, e)
for st in ("s[0] = 'a'", "del s[0]", "s.x = 1", "s[0:1] = 'a'", "s += 1", "s - 'a'", "s * 1.5", "s * 'a'", "s @ s", "s < 1", "s > b'a'", "+s", "-s"):
    try: exec(st)
    except Exception as e: print(st, "->", type(e).__name__, e)
print("a" + "b", "a" "b", "ab" * 3, 3 * "ab", "ab" * 0, "ab" * -1, "" * 5, "a" * True, "中" * 3, "é" + "中" + "🎉", "a" + "é", "x" * 2 + "y")
print("a" < "b", "a" < "B", "abc" < "abd", "ab" < "abc", "" < "a", "a" == "a", "a" != "A", "é" > "z", "中" > "é", "🎉" > "中", "abc" >= "abc", max("hello"), min("hello"), sorted("hello"), "a" == 1, "a" == b"a", "Z" < "a", "10" < "9", "\x00" < "a")
print(list("héy"), tuple("ab"), set("aa"), dict(zip("ab", "cd")), [c for c in "中🎉"], *"xy", "a" in "abc", list(reversed("abc")), list(enumerate("ab")), "abc".__contains__("b"), "x".__add__("y"), "abc".__getitem__(1), "abc".__len__(), "a".__mul__(2), "a".__eq__(1), hash("a") == hash("a"), hash("") == 0, "abc".__iter__().__next__())
for a in (0, 1, 3, -1): print([s[a:b] for b in (0, 2, 5, -1, None)])
it = iter("ab"); print(next(it), next(it), next(it, "end"), it.__length_hint__())
print(str(), str(5), str("a"), str(None), str([1, "a"]), str(b"ab"), str(b"ab", "ascii"), str(object=3), str(b"\xc3\xa9", encoding="utf-8"), str(b"\xff", "ascii", "replace"), str(b"\xff", errors="ignore"), str(bytearray(b"x"), "utf-8"), str(memoryview(b"m"), "ascii"))
