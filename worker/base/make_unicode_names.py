#!/usr/bin/python3.11
"""Writes unicode_names.inc: the names of Unicode's characters as unicode_names.c reads them.

Run by hand when the Unicode version changes: make_unicode_names.py [ALIASES]. Names are those of this Python's unicodedata;
ALIASES is any file that holds, among others, the aliases of Unicode's NameAliases.txt, one name on a line behind tabs or
spaces (perl's unicore/Name.pl does)."""
import re
import sys
import unicodedata
from collections import Counter

DIGITS = [chr(c) for c in range(0x23, 0x7F) if chr(c) not in "\\?"]
TWO_CHARS = 60 * len(DIGITS)  # words with a smaller number take two characters, the others three


def names():
    for code in range(0x110000):
        name = unicodedata.name(chr(code), "")
        if name and not name.startswith(("CJK UNIFIED IDEOGRAPH-", "HANGUL SYLLABLE ")):
            yield code, name


def aliases(path):
    found = set()
    with open(path) as file:
        for line in file:
            name = re.split(r"\t|  +", line.strip())[-1]
            try:
                char = unicodedata.lookup(name)
            except (KeyError, ValueError):
                continue
            if len(char) == 1 and unicodedata.name(char, "") != name and re.fullmatch(r"[A-Z0-9 -]+", name):
                found.add((ord(char), name))
    return sorted(found)


def digits(number, count):
    text = ""
    for _ in range(count):
        number, digit = divmod(number, len(DIGITS))
        text = DIGITS[digit] + text
    assert number == 0
    return text


def word_code(number):
    if number < TWO_CHARS:
        return digits(number, 2)
    return digits(number - TWO_CHARS + 60 * len(DIGITS) ** 2, 3)


def encode(entries, numbers):
    text, last = [], -1
    for code, name in entries:
        text.append(" " if code == last + 1 else "!" + digits(code - last, 4))
        text += [word_code(numbers[word]) for word in name.split(" ")]
        last = code
    return "".join(text)


def literal(name, text):
    yield f"static const char {name}[] ="
    for i in range(0, len(text), 110):
        yield '    "' + text[i:i + 110] + '"'
    yield "    ;"


def main():
    primary = list(names())
    other = aliases(sys.argv[1]) if len(sys.argv) > 1 else []
    counts = Counter(word for _, name in primary + other for word in name.split(" "))
    words = [word for word, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))]
    numbers = {word: number for number, word in enumerate(words)}
    lines = [f"/* Made by make_unicode_names.py from Unicode {unicodedata.unidata_version}: {len(primary)} names, "
             f"{len(other)} aliases. */"]
    lines += literal("words", " ".join(words) + " ")
    lines += literal("primary_names", encode(primary, numbers))
    lines += literal("aliases", encode(other, numbers))
    with open("unicode_names.inc", "w") as file:
        file.write("\n".join(lines) + "\n")


main()
