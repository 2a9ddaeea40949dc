"""An error anywhere has the source read again by rules that take `print -x` for a statement of Python 2."""
for text in ("print *x \n case \n", "print -1\nx = \n", "y = 1\nprint [0]\n1 1\n", "exec {}\n)\n", "print(x)\n1 1\n", "print (x)\n1 1\n", "a.print -1\n1 1\n", "print - x\nf(\n",
             "x = print -1\n$\n", "def f():\n    print ~x\n\n\n1 1\n", "'print -1'\n1 1\n", "# print -1\n1 1\n", "printer -1\n1 1\n", "print\\\n-1\n1 1\n", "print -1\n'\\N{x}'\n",
             "'\\s'\nprint -1\n'\\d'\n1 1\n", "print -1; 1 1", "print -x\n  y\n", "print -x\nif y:\nz", "print not in x\n1 1\n", "[print -1]\n1 1"):
    try:
        compile(text, "<text>", "exec")
        print(repr(text), "ok")
    except SyntaxError as e:
        print(repr(text), (type(e).__name__, e.msg, e.lineno, e.offset, e.end_lineno, e.end_offset, e.text))
