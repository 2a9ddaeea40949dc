# Case methods and character classes over ASCII and Unicode.
words = ["hello world", "HELLO", "Hello World", "ß straße", "ǆ ǅ", "ﬁre", "İstanbul", "ÀÉÎ õü", "ΑΣ ΑΣΑ σας", "abc123", "they're bill's", "", " ", "x"]
for w in words: print(ascii(w), [ascii(getattr(w, m)()) for m in ("upper", "lower", "title", "capitalize", "swapcase", "casefold")])
tests = [
    "",
    "a",
    "A",
    "aB",
    "1",
    "a1",
    " ",
    "\t\n",
    "é",
    "É",
    "ª",
    "²",
    "½",
    "٣",
    "Ⅷ",
    "中",
]
for t in tests: print(ascii(t), [int(getattr(t, m)()) for m in ("isalpha", "isdigit", "isdecimal", "isnumeric", "isalnum", "isspace", "isupper", "islower", "istitle", "isidentifier", "isprintable", "isascii")])
