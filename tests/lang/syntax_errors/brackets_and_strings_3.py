# Unbalanced brackets, unfinished strings, odd characters.
for src in (
    "€",
    "a\u00a0b",
    "\u201cx\u201d",
    "a\u200b",
    "x = 1\x00",
    "\x01",
    "a\\b",
    "\\",
    "a \\ \nb",
    "0x",
    "0b2",
    "0o9",
    "1_",
    "1__2",
    "1e",
):
    try: compile(src, "s", "exec"); print(ascii(src), "ok")
    except (SyntaxError, ValueError) as e: print(ascii(src), "|", type(e).__name__, "|", ascii(getattr(e, "msg", str(e))))
