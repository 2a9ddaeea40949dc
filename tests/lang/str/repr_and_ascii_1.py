# repr of awkward characters and quotes.
for s in [
    "",
    "'",
    '"',
    "'\"",
    "\\",
    "\n\r\t",
    "\0\x01\x1f",
    "\x7f\x80\x9f\xa0\xad",
    "é",
    "\u0300",
    "\u200b\u2028\u2029",
    "\ue000",
]:
    print(repr(s).encode("ascii", "backslashreplace") if 0 else ascii(repr(s)), ascii(s), s.__repr__() == repr(s), eval(repr(s)) == s, s.isprintable())
