# split, rsplit, splitlines, join, strip.
for t in ("a b  c", "  a b ", "", " ", "a,b,,c", ",a,", "abc", "a\tb\nc\x0bd\x1ce\u2003f", "a--b--c"):
    print(repr(t), t.split(), t.split(None, 1), t.rsplit(None, 1), t.split(","), t.split("--"), t.split(",", 1), t.rsplit(",", 1), t.split(" "), t.split(None, 0), t.split(",", 0))
print("a b c".split(maxsplit=1), "a,b,c".split(sep=","), "a,b".split(",", -1), "aXbXc".rsplit("X", 2), "aaa".split("a"), "aaaa".split("aa"), "a b c d".rsplit(None, 2), " a b ".rsplit(None, 1), " a b ".split(None, 1), "1<>2<>3".split("<>"))
for t in ("a\nb\r\nc\rd", "", "\n", "a\n\nb", "a\x0bb\x0cc\x1cd\x1de\x1ef\x85g\u2028h\u2029i", "no newline", "end\n", "\r\n\r\n", "a\n\r"):
    print(repr(t), t.splitlines(), t.splitlines(True), t.splitlines(keepends=False))
print(",".join([]), ",".join(["a"]), ",".join("abc"), "".join(["x", "y"]), "--".join(("1", "2")), " ".join(c for c in "gen"), ",".join({"k": 1}), "中".join(["a", "🎉"]), "".join(["é", "a"]))
for c in ("','.join([1])", "','.join(['a', 1])", "','.join(None)", "','.join(5)", "''.join([b'a'])", "'a'.split('')", "'a'.split(1)", "'a'.split(b'a')", "'a'.split(None, 'x')", "'a'.rsplit('')", "'a'.split(',', 1, 2)", "'a'.strip(1)"):
    try: print(eval(c))
    except Exception as e: print(c, "->", type(e).__name__, e)
for t in ("  x y  ", "\t\nx\r", "xxaxx", "", "xx", "\u2003 é\xa0", "abcba"):
    print(repr(t), [repr(r) for r in (t.strip(), t.lstrip(), t.rstrip(), t.strip("x"), t.lstrip("xa"), t.rstrip("ab"), t.strip(None), t.strip(""), t.strip("abc"))])
print("www.example.com".lstrip("cmowz."), "mississippi".strip("ipm"), "a\u0301x\u0301".strip("\u0301"), "中a中".strip("中"))
