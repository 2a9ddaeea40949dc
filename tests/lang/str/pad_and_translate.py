# center, ljust, rjust, zfill, expandtabs, translate, maketrans.
print([repr("ab".center(n)) for n in range(7)], [repr("abc".center(n, "*")) for n in range(3, 8)], repr("ab".ljust(5, ".")), repr("ab".rjust(5, "中")), "abc".ljust(2), "".center(4, "é"), "x".center(-1))
print(["42".zfill(n) for n in (0, 2, 3, 5)], "-42".zfill(5), "+42".zfill(6), "".zfill(3), "-".zfill(3), "a".zfill(3), "--1".zfill(5), "中".zfill(3))
print([repr("a\tb\tccc\tdd".expandtabs(n)) for n in (8, 4, 1, 0, -1)], repr("\t".expandtabs()), repr("ab\tc\n\td\re\tf".expandtabs(4)), repr("中\tx".expandtabs(4)), "a\tb".expandtabs(tabsize=3))
for c in ("'a'.center()", "'a'.center('5')", "'a'.center(5, '')", "'a'.center(5, 'xy')", "'a'.ljust(5, 1)", "'a'.zfill()", "'a'.zfill(1.5)", "'a'.expandtabs('x')", "'a'.center(5, b'x')", "'a'.translate()", "'a'.translate(None)", "str.maketrans('a')", "str.maketrans('ab', 'c')", "str.maketrans({'ab': 1})", "str.maketrans(1)", "str.maketrans('a', 'b', 1)", "'a'.translate({97: 1.5})", "'a'.translate({97: -1})", "'a'.translate({97: 0x110000})", "str.maketrans({1.5: 'a'})"):
    try: print(eval(c))
    except Exception as e: print(c, "->", type(e).__name__, e)
t = str.maketrans("abc", "xyz", "d")
print(t, "aabbccdd!".translate(t), "abc".translate({97: None, 98: "BB", 99: 67}), "abc".translate(str.maketrans({"a": "1", 98: None})), "é中".translate({0xe9: "e", "中": "x"}), "abc".translate("ABC" + "?" * 100), "hello".translate({}))
class T:
    def __getitem__(self, k):
        if k > 99: raise LookupError
        return chr(k).upper() + "."
print("abcde".translate(T()), str.maketrans("", "", "aeiou"), "education".translate(str.maketrans("", "", "aeiou")), str.maketrans("a", "中"))
