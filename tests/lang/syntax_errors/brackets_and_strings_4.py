# Unbalanced brackets, unfinished strings, odd characters.
for src in (
    "1.e",
    "1a",
    "0_",
    "00012",
    "09",
    "1.2.3",
    "1..2",
    ".",
    "..",
    "....",
    "1j2",
    "0b1.0",
    "1_000_",
    "1e+",
    "0xg",
):
    try: compile(src, "s", "exec"); print(ascii(src), "ok")
    except (SyntaxError, ValueError) as e: print(ascii(src), "|", type(e).__name__, "|", ascii(getattr(e, "msg", str(e))))
