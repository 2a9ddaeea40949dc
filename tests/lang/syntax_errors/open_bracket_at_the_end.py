"""A bracket left open is told in place of another error, unless the end of the source has been looked at to find that one."""


def tell(text):
    for mode in ("exec", "eval", "single"):
        try: compile(text, "<text>", mode); end = "ok"
        except SyntaxError as e: end = (e.msg, e.lineno, e.offset, e.end_lineno, e.end_offset, e.text)
        print(repr(text), mode, end)


for text in ("{}.get(17\n=", "{}.get(17\n=\n", "print(end\\\n=(''print)", "f(a\n.b=", "f(a\n.b=1", "f(a\n.b='x'", "f(\n1 2", "f(\n1 'a'", "(\n*a", "(\n*a)",
             "(\nprint a", "(\nprint a\n)", "[\n a b\n", "{\n1:2, 3", "{\n1:2, 3:", "{\n1:2, 3:*a", "f(\nx for x in y, 1", "f(\nx for x in y, 1\n", "(x\n=\n"):
    tell(text)
