"""str methods on many small strings: split, join, replace, strip, find, startswith, case, translate, partition."""
TEXT = """The quick brown fox jumps over the lazy dog; pack my box with five dozen liquor jugs.
How vexingly quick daft zebras jump! Sphinx of black quartz, judge my vow.
""" * 60


def words(text):
    out = []
    for line in text.splitlines():
        for word in line.split():
            word = word.strip(".,;!?").lower()
            if word:
                out.append(word)
    return out


def camel(name):
    return "".join(part.capitalize() for part in name.split("_"))


def caesar(text, shift):
    return "".join(chr((ord(c) - 97 + shift) % 26 + 97) if c.isalpha() else c for c in text)


def palindromes(words):
    return sum(w == w[::-1] for w in words)


total = 0
for _ in range(40):
    found = words(TEXT)
    total += len(found) + palindromes(found) + len(" ".join(found).title())
    total += len(TEXT.replace("quick", "slow").replace("e", "").upper()) + TEXT.count("o")
    for w in found:
        total += w.startswith(("qu", "j")) + w.endswith("s") + w.find("o") + ("z" in w) + w.isalpha()
        head, _, tail = w.partition("u")
        total += len(head) - len(tail) + len(w.ljust(8)) + len(w.zfill(4))
print(total, camel("some_long_name_here"), caesar("hello, world", 3))
print(len(caesar(TEXT.lower(), 5)), sum(len(camel(f"a_{i}_name")) for i in range(40000)))
table = str.maketrans({"a": "4", "e": "3", "o": None})
print(sum(len(TEXT.translate(table)) for _ in range(20)), "-".join(str(i) for i in range(100000)).count("-1"))
