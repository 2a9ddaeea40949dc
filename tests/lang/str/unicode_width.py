# Strings of all three widths mixed together.
one, two, three = "abcé", "abc中", "abc🎉"
for a in (one, two, three):
    for b in (one, two, three):
        print(ascii(a + b), a < b, a == b, ascii(a.replace("abc", b)), a.find(b[-1]), ascii(b.join([a, a])), ascii(a.center(8, b[-1])), a.startswith(b[:3]), ascii((a + b)[::2]), ascii(a.strip(b)), (a + b).count("abc"), (a + b)[3:] == a[3:] + b)
s = ""
for c in ("a", "é", "中", "🎉", "b"): s += c
print(ascii(s), len(s), ascii(s[:2]), s[:1] == "a", ascii(s[::-1]), hash(s[0]) == hash("a"), (one + three)[:3] == "abc", hash((one + three)[:3]) == hash("abc"))
print(ascii("{}{}{}".format(one, two, three)), ascii(f"{one}{two}{three}"), ascii("%s%s%s" % (one, two, three)), ascii("".join([one, two, three])), {(three)[:3]: 1}["abc"])
d = {}
for i in range(300): d[chr(i)] = d[chr(i + 0x4e00)] = d[chr(i + 0x1f300)] = i
print(len(d), d["中"] if "中" in d else None, d["a"], d["\U0001f389"], sum(d.values()))
print(ascii(max(one, two, three)), sorted(map(ascii, [three, one, two])), ascii("".join(sorted(one + two + three))), ascii("".join(sorted(set(three + two)))))
t = "a\u0301é"; print(len(t), ascii(t[::-1]), ascii(t.upper()), t == "ae\u0301", ascii("ﬁ".upper()), len("ﬁ"), len("ﬁ".upper()))
print(ascii("\ud83c\udf89"), len("\ud83c\udf89"), "\ud83c\udf89" == "🎉", ascii("a\ud800b"[1]), ["\ud800" < "\U00010000", "\uffff" < "\U00010000"])
import unicodedata
print(unicodedata.name("é"), unicodedata.category("中"), unicodedata.normalize("NFD", "é") == "e\u0301", unicodedata.normalize("NFC", "e\u0301") == "é", unicodedata.numeric("½"), unicodedata.decimal("٣"), unicodedata.lookup("SNOWMAN"))
