"""What CPython has in C of stat, where it differs: a mode without a file type has '?' in its place."""

_TYPES = {0o140000: "s", 0o120000: "l", 0o100000: "-", 0o060000: "b", 0o040000: "d", 0o020000: "c", 0o010000: "p"}


def filemode(mode, /):
    """A file's mode as ls shows it: '-rwxrwxrwx'."""
    mode = mode.__index__()
    text = _TYPES.get(mode & 0o170000, "?")
    for shift, special, letters in ((6, 0o4000, "sS"), (3, 0o2000, "sS"), (0, 0o1000, "tT")):
        runs = mode >> shift & 1
        text += "r" if mode >> shift & 4 else "-"
        text += "w" if mode >> shift & 2 else "-"
        text += letters[not runs] if mode & special else "x" if runs else "-"
    return text
