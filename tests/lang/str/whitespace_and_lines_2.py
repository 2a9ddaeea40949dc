# Whitespace characters in split, strip, isspace and splitlines.
ws = [
    "\u2000",
    "\u2009",
    "\u200b",
    "\u2028",
    "\u2029",
    "\u202f",
    "\u205f",
    "\u3000",
    "\ufeff",
    "\u180e",
    "\x00",
    "_",
]
for w in ws:
    t = f"a{w}b"; print(ascii(w), w.isspace(), len(t.split()), len(t.splitlines()), len(f"{w}x{w}".strip()), t.partition(w)[1] == w, w.isprintable(), w.strip() == "")
print("a\r\nb\n\rc\r\r\nd".splitlines(), "a\r\nb\n\rc".splitlines(True), "".splitlines(), "\n".splitlines(), "\n\n".splitlines(True), "abc".splitlines(), "a\n".splitlines(), "a\nb".split("\n"), "a\n".split("\n"), "  a  b  ".split(" "), "\t\n a \r".split(), " ".join("  many   spaces here ".split()), "a\u2028b".splitlines(), "a\x1cb".split(), "one\ttwo\tthree".expandtabs(8), "x\n\ty".expandtabs(4))
text = """
  first
    second

  third
"""
print([l for l in text.splitlines()], [l.strip() for l in text.splitlines() if l.strip()], min(len(l) - len(l.lstrip()) for l in text.splitlines() if l.strip()), text.strip().count("\n"), repr(text.rstrip()), repr(text.lstrip()), text.split("\n")[1], "\n".join(sorted(text.split())), text.replace("\n", "|"))
