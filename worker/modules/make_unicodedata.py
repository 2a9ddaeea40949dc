#!/usr/bin/python3.11
"""Writes unicodedata.inc: what unicodedata tells of characters and utf8proc does not: widths, numbers, and single steps of
decomposition where they are not the whole of it; and what was different in Unicode 3.2.

make_unicodedata.py OUTPUT: the facts are those of this Python's unicodedata."""
import sys
import unicodedata
from fractions import Fraction

WIDTHS = ["N", "Na", "H", "W", "F", "A"]
CATEGORIES = "Cn Lu Ll Lt Lm Lo Mn Mc Me Nd Nl No Pc Pd Ps Pe Pi Pf Po Sm Sc Sk So Zs Zl Zp Cc Cf Cs Co".split()
DIRECTIONS = ["", *"L LRE LRO R AL RLE RLO PDF EN ES ET AN CS NSM BN B S WS ON LRI RLI FSI PDI".split()]
AS_NOW = 255


def widths():
    last = None
    for code in range(0x110000):
        width = unicodedata.east_asian_width(chr(code))
        if width != last:
            yield f"{code << 3 | WIDTHS.index(width):#x},"
        last = width


def numbers():
    """Runs of characters whose numbers go up by the same step."""
    found = []
    for code in range(0x110000):
        value = unicodedata.numeric(chr(code), None)
        if value is not None:
            found.append((code, Fraction(value).limit_denominator(10000)))
    runs = []
    for code, value in found:
        if runs and runs[-1][-1][0] == code - 1 and value.denominator == runs[-1][0][1].denominator == 1:
            run = runs[-1]
            if len(run) == 1 or value - run[-1][1] == run[1][1] - run[0][1]:
                run.append((code, value))
                continue
        runs.append([(code, value)])
    for run in runs:
        step = run[1][1] - run[0][1] if len(run) > 1 else 0
        value = run[0][1]
        yield f"{{{run[0][0]:#x}, {len(run)}, {value.denominator}, {step}, {value.numerator}}},"


def steps():
    """Characters whose mapping can itself be decomposed: how many code points it has and the character, then they."""
    for code in range(0x110000):
        mapping = unicodedata.decomposition(chr(code)).split()
        if not mapping:
            continue
        compatible = mapping[0].startswith("<")
        once = "".join(chr(int(part, 16)) for part in mapping[compatible:])
        if once != unicodedata.normalize("NFKD" if compatible else "NFD", chr(code)):
            yield from (f"{c:#x}," for c in [len(once) << 24 | code] + [ord(char) for char in once])


def old_property(code):
    """What was different: category, direction, mirrored, width, decimal by being a digit; AS_NOW where nothing was."""
    char, now, then = chr(code), unicodedata, unicodedata.ucd_3_2_0

    def changed(function, values):
        was = getattr(then, function)(char)
        return AS_NOW if was == getattr(now, function)(char) else values.index(was)
    return (changed("category", CATEGORIES), changed("bidirectional", DIRECTIONS), changed("mirrored", [0, 1]),
            changed("east_asian_width", WIDTHS),
            AS_NOW if then.decimal(char, None) in (None, now.decimal(char, None)) else 1)


def old_rows():
    runs = []
    for code in range(0x110000):
        row = old_property(code)
        if set(row) == {AS_NOW}:
            continue
        if runs and runs[-1][1] == code - 1 and runs[-1][2] == row:
            runs[-1][1] = code
        else:
            runs.append([code, code, row])
    for first, last, row in runs:
        yield f"{{{first:#x}, {last:#x}, {', '.join(map(str, row))}}},"


def old_steps():
    """Characters whose canonical decomposition was another one."""
    for code in range(0x110000):
        char, then = chr(code), unicodedata.ucd_3_2_0
        if then.category(char) != "Cn":
            was = then.normalize("NFD", char)
            if was != unicodedata.normalize("NFD", char):
                assert len(was) == 1
                yield f"{{{code:#x}, {ord(was):#x}}},"


def table(declaration, rows):
    yield declaration + " = {"
    line = "   "
    for row in rows:
        if len(line) + 1 + len(row) > 110:
            yield line
            line = "   "
        line += " " + row
    yield line
    yield "};"


with open(sys.argv[1], "w") as file:
    print(f"/* Made by make_unicodedata.py from Unicode {unicodedata.unidata_version}. */", file=file)
    print(*table("static const uint32_t width_rows[]", widths()), sep="\n", file=file)
    print(*table("static const NumberRow number_rows[]", numbers()), sep="\n", file=file)
    print(*table("static const uint32_t step_rows[]", steps()), sep="\n", file=file)
    print(*table("static const OldRow old_rows[]", old_rows()), sep="\n", file=file)
    print(*table("static const uint32_t old_steps[][2]", old_steps()), sep="\n", file=file)
