# Unbalanced brackets, unfinished strings, odd characters.
for src in (
    "(",
    "[",
    "{",
    ")",
    "]",
    "}",
    "(]",
    "[)",
    "{]",
    "(1, [2)",
    "{1: (2]",
    "((1)",
    "f(1, [2, 3)",
    "x = (\n1,\n",
    "'abc",
):
    try: compile(src, "s", "exec"); print(ascii(src), "ok")
    except (SyntaxError, ValueError) as e: print(ascii(src), "|", type(e).__name__, "|", ascii(getattr(e, "msg", str(e))))
