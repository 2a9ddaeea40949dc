#!/usr/bin/python3.11
"""Writes unicode_names.inc: the names of Unicode's characters as unicode_names.c reads them.

make_unicode_names.py ALIASES SEQUENCES OUTPUT: names are those of this Python's unicodedata, and of Unicode's
NameAliases.txt and NamedSequences.txt (of that version or a later one) those that it knows."""
import sys
import unicodedata
from collections import Counter

DIGITS = [chr(c) for c in range(0x23, 0x7F) if chr(c) not in "\\?"]
TWO_CHARS = 60 * len(DIGITS)  # words with a smaller number take two characters, the others three
BLOCK = 16  # entries from one known place in their text to the next
BUCKET_BITS = 14


def names():
    for code in range(0x110000):
        name = unicodedata.name(chr(code), "")
        if name and not name.startswith(("CJK UNIFIED IDEOGRAPH-", "HANGUL SYLLABLE ")):
            yield code, name


def other_names(aliases, sequences):
    """What else lookup() knows: [(name, characters)]."""
    found = {}
    for path, column in ((aliases, 1), (sequences, 0)):
        with open(path) as file:
            for line in file:
                if line.startswith("#") or ";" not in line:
                    continue
                name = line.split(";")[column].strip()
                try:
                    text = unicodedata.lookup(name)
                except KeyError:
                    continue
                if len(text) > 1 or unicodedata.name(text, "") != name:
                    found[name] = text
    return sorted(found.items(), key=lambda item: (len(item[1]) > 1, item[1], item[0]))


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
    """The entries' text, and for each block of them its place there and the code point before it."""
    text, length, last, blocks = [], 0, -1, []
    for i, (code, name) in enumerate(entries):
        if i % BLOCK == 0:
            blocks.append((last, length))
        part = " " if code == last + 1 else "!" + digits(code - last, 4)
        part += "".join(word_code(numbers[word]) for word in name.split(" "))
        text.append(part)
        length += len(part)
        last = code
    return "".join(text), blocks


def bucket(name):
    value = 0x811C9DC5
    for byte in name.encode():
        value = (value ^ byte) * 0x01000193 & 0xFFFFFFFF
    return value >> 32 - BUCKET_BITS


def literal(name, text):
    yield f"static const char {name}[] ="
    for i in range(0, len(text), 110):
        yield '    "' + text[i:i + 110] + '"'
    yield "    ;"


def array(head, items):
    yield head + " = {"
    line = "   "
    for item in items:
        if len(line) + len(item) > 108:
            yield line
            line = "   "
        line += " " + item + ","
    yield line
    yield "};"


def main(aliases, sequences, output):
    primary = list(names())
    others = other_names(aliases, sequences)
    counts = Counter(word for _, name in primary for word in name.split(" "))
    words = [word for word, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))]
    numbers = {word: number for number, word in enumerate(words)}
    text, blocks = encode(primary, numbers)
    keyed = [(bucket(name), code) for code, name in primary]
    keyed += [(bucket(name), 0x110000 + i) for i, (name, _) in enumerate(others)]
    keyed.sort()
    sizes = Counter(key for key, _ in keyed)
    starts, start = [], 0
    for key in range((1 << BUCKET_BITS) + 1):
        starts.append(start)
        start += sizes[key]
    places, place = [], 0
    for word in words:
        places.append(place)
        place += len(word) + 1
    long = sum(len(text) > 1 for _, text in others)
    assert max(len(text) for _, text in others) <= 4 and max(len(name) for name, _ in others) < 128
    lines = [f"/* Made by make_unicode_names.py from Unicode {unicodedata.unidata_version}: {len(primary)} names, "
             f"{len(others) - long} aliases, {long} sequences. */",
             f"enum {{ BLOCK = {BLOCK}, BUCKET_BITS = {BUCKET_BITS} }};"]
    lines += literal("words", " ".join(words) + " ")
    lines += array("static const uint32_t word_places[]", map(str, places))
    lines += literal("entries", text)
    lines += array("static const NameBlock blocks[]", (f"{{{before}, {place}}}" for before, place in blocks))
    lines += array("static const OtherName others[]",
                   (f'{{"{name}", {{{", ".join(str(ord(c)) for c in text)}}}}}' for name, text in others))
    lines += array("static const uint16_t bucket_starts[]", map(str, starts))
    lines += array("static const uint32_t by_bucket[]", (str(code) for _, code in keyed))
    with open(output, "w") as file:
        file.write("\n".join(lines) + "\n")


main(*sys.argv[1:])
