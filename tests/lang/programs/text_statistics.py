"""Word statistics, n-grams, caesar/vigenere, edit distance, roman numerals, RLE, anagrams."""
import collections
import difflib
import itertools
import re
import string
import sys
import unicodedata

TEXT = """It was the best of times, it was the worst of times, it was the age of wisdom, it was the age of
foolishness, it was the epoch of belief, it was the epoch of incredulity, it was the season of Light — naïve café."""
words = re.findall(r"[^\W\d_]+", TEXT.casefold())
count = collections.Counter(words)
print(count.most_common(4), count.total(), len(count), (count - collections.Counter(a=3,
    it=5)).most_common(2))
ngrams = collections.Counter(zip(words, words[1:]))
for (a, b), n in ngrams.most_common(3):
    print(f"{a:>8} {b:<8}{n:03d}{'*' * n:~^9}")
letters = "".join(c for c in unicodedata.normalize("NFD", TEXT) if not unicodedata.combining(c))
print(letters[-14:], unicodedata.name("ï"), unicodedata.category("—"), TEXT.encode()[-12:], ascii(TEXT[-6:]))
table = str.maketrans(string.ascii_lowercase, string.ascii_lowercase[3:] + string.ascii_lowercase[:3],
    "aeiou")
print(TEXT[:40].translate(table), TEXT.title()[:30], TEXT.swapcase()[:20],
    TEXT.partition(", ")[0].rpartition(" "))


def vigenere(text, key, sign=1):
    key = itertools.cycle(ord(k) - 97 for k in key)
    return "".join(chr((ord(c) - 97 + sign * next(
        key)) % 26 + 97) if c in string.ascii_lowercase else c for c in text)


secret = vigenere("attack at dawn!", "lemon")
print(secret, vigenere(secret, "lemon", -1))


def distance(a, b):
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        last, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (x != y))
    return row[-1]


print(distance("kitten", "sitting"), distance("", "abc"), difflib.get_close_matches("appel", ["ape",
    "apple", "peach"]))
print("\n".join(difflib.unified_diff("a\nb\nc".split(), "a\nx\nc\nd".split(), "old", "new", lineterm="")))
print(round(difflib.SequenceMatcher(None, "private Thread", "private volatile Thread").ratio(), 5))


def roman(n):
    out = []
    for value, digit in zip((1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
                            "M CM D CD C XC L XL X IX V IV I".split()):
        k, n = divmod(n, value)
        out.append(digit * k)
    return "".join(out)


print(*map(roman, (1994, 2024, 3999, 4)), sep=", ")
rle = [(k, len(list(g))) for k, g in itertools.groupby("aaabccdddd")]
print(rle, "".join(k * n for k, n in rle), re.sub(r"(.)\1*", lambda m: f"{m[1]}{len(m[0])}", "aaabccdddd"))
groups = collections.defaultdict(list)
for w in "listen silent enlist google elbow below".split():
    groups["".join(sorted(w))].append(w)
print([g for g in groups.values() if len(g) > 1])
print("%-10s|%5.1f%%|%+d|%x|%o|%e|%r|%s" % ("name", 12.345, 5, 255, 8, 12345.678, "q'", None))
print(f"{1234567.891:,.2f} {0.000012345:.3g} {255:#06x} {5:08b} {-7 // 2} {-7 % 3} {2**100:_} {'é':*^5} {3.0!r:>6}")
print("{:>{w}.{p}f}|{!s:10}|{!r}|{:c}|{:%}".format(3.14159, [1], "x", 65, 0.5, w=10, p=2))
print("a,b,,c".split(","), " a  b ".split(), "a\r\nb\nc\x0bd".splitlines(), "xxabxx".strip("x"),
    "abc".removeprefix("a"))
print("ß".upper(), "İ".lower().encode(), "ǆ".title(), "①".isdigit(), "½".isnumeric(), "٣".isdecimal(),
    int("٣"), "a\tb".expandtabs(4))
print(sys.intern("x y") is sys.intern("x y"), "z".join([]), "abc"[::-1], "abc".center(8, "-"),
    "a-b_c".replace("-", "_", 1), "x".zfill(3), "-5".zfill(4))
