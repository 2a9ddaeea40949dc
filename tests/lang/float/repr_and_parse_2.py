# Shortest repr and parsing.
for s in (
    " 2.5 ",
    "1_000.5",
    "1e5",
    "1E+5",
    "1e-05",
    ".5",
    "5.",
    "inf",
    "-Infinity",
    "NaN",
    "+nan",
    "iNf",
    "1e400",
    "-1e400",
    "1e-400",
    "0x10",
    "1.5.2",
    "",
):
    try: print(repr(s), float(s))
    except ValueError as e: print(repr(s), "->", e)
