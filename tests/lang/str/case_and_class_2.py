# Case methods and character classes over ASCII and Unicode.
words = ["hello world", "HELLO", "Hello World", "ß straße", "ǆ ǅ", "ﬁre", "İstanbul", "ÀÉÎ õü", "ΑΣ ΑΣΑ σας", "abc123", "they're bill's", "", " ", "x"]
for w in words: print(ascii(w), [ascii(getattr(w, m)()) for m in ("upper", "lower", "title", "capitalize", "swapcase", "casefold")])
tests = [
    "_",
    "a b",
    "A b",
    "Ab",
    "Ab Cd",
    "AB cd",
    "ǅ",
    "\x00",
    "\u200b",
    "🎉",
    "_a1",
    "1a",
    "a-b",
    "\u0345",
    "a\u0301",
]
for t in tests: print(ascii(t), [int(getattr(t, m)()) for m in ("isalpha", "isdigit", "isdecimal", "isnumeric", "isalnum", "isspace", "isupper", "islower", "istitle", "isidentifier", "isprintable", "isascii")])
print("ABC".lower() is not None, "straße".casefold() == "STRASSE".casefold(), "ı".upper(), "ŉ".upper(), "ΐ".upper(), "ẞ".lower())
print("𐐀".lower() == "𐐨", "𐐨".upper() == "𐐀", "ꭰ".upper() == "Ꭰ", "Ꭰ".lower() == "ꭰ", "ᲀ".upper())
print("ab cd-ef gh_ij 1k".title(), "aB cD".swapcase(), "ABC\u0130".swapcase().encode(), "éCOLE".capitalize(), "ﬀ".title(), "1st".title(), "x'y".title())
