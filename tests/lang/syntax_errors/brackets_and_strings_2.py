# Unbalanced brackets, unfinished strings, odd characters.
for src in (
    '"abc',
    "'''abc",
    '"""abc\n\n',
    "f'abc",
    "b'abc",
    "'a\nb'",
    "'a\\",
    "x = 'a' + \"b",
    "$",
    "?",
    "a ? b",
    "`a`",
    "a!",
    "!a",
    "a $ b",
):
    try: compile(src, "s", "exec"); print(ascii(src), "ok")
    except (SyntaxError, ValueError) as e: print(ascii(src), "|", type(e).__name__, "|", ascii(getattr(e, "msg", str(e))))
