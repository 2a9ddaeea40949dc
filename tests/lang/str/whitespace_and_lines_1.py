# Whitespace characters in split, strip, isspace and splitlines.
ws = [
    " ",
    "\t",
    "\n",
    "\r",
    "\x0b",
    "\x0c",
    "\x1c",
    "\x1d",
    "\x1e",
    "\x1f",
    "\x85",
    "\xa0",
    "\u1680",
]
for w in ws:
    t = f"a{w}b"; print(ascii(w), w.isspace(), len(t.split()), len(t.splitlines()), len(f"{w}x{w}".strip()), t.partition(w)[1] == w, w.isprintable(), w.strip() == "")
