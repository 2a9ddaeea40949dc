"""Sources of bytes that are no UTF-8: told of where a token needs them, and of nothing in comments; and offsets in bytes."""


def tell(source, mode="exec"):
    try: compile(source, "<b>", mode); end = "ok"
    except SyntaxError as e: end = (e.msg, e.lineno, e.offset, e.end_lineno, e.end_offset, ascii(e.text))
    except UnicodeDecodeError as e: end = e.args
    print(source, mode, end)


SOURCES = [b'\xff', b'x = \xff', b'x = a\xff', b'x = \xffa', b'\xc3\xa9\xff = 1', b'a\xff b', b'a b\xff', b'a b c\xff',
           b'a b\nc\xff', b'(\n\xff', b"'\xff'", b"'a\xff'", b"'\\n\xff'", b"'\\n\xc3\xa9\xff'", b"'\\n\xc3\xa9a\xff'",
           b"r'\xff'", b"b'\xff'", b"u'\xff'", b"f'\xff'", b"f'{x}\xff'", b"f'{x!r}\xff'", b"f'{x:\xff}'", b"'\xc3'",
           b"'\xc3' 1", b"1 '\xff'", b"'a' '\xff'", b"'\xff' 'b\xff'", b"x = '\xff' +", b'def f(:  # \xff', b"'\xff' def",
           b'# \xff\n1 1', b'1 1 # \xff', b'1 1 # \xff\xff\xff', b"'a\xc3\xa9' 1 # \xff", b'x\xed\xa0\x80', b"'\xed\xa0\x80'",
           b"'\xf4\x90\x80\x80'", b"'\xe2\x82'", b"'\xe2\x82 '", b"x = (\n'\xff'", b"x = (\n'\xff')", b"if x:\n  '\xff'\n y",
           b"'''\xff\n'''", b"'''a\n\xff\n'''", b"'''\xff", b"'\xff", b"'\xff\n'", b'$\xff', b'\xff$', b'0\xff', b'0x\xff',
           b'1_\xff', b'import \xff', b'x: \xff', b'lambda \xff: 1', b'global \xff', b"'\xff' = 1", b'f(\xff=1)', b'\xff(',
           b'\\\xff', b'x \\\xff', b'\xef\xbb\xbf\xff', b"\xef\xbb\xbf'\xff'", b"# coding: utf-8\n'\xff'",
           b"# coding: utf8\n'\xff'", b'# coding: utf-8\n# \xff', b'# coding: utf8\n# \xff', b'# coding: ascii\n# \xff',
           b'# coding: UTF-8-sig\n# \xff', b"# coding: cp1252\n'\xff\x81'", b'x = 1\n# \xff\ny = 1', b"\r\n'\xff'\r\n",
           b'class \xff: pass', b'x\xc2\xa0= 1 # \xff', b'x\xc2\xa0= 1 # \xc3\xa9', b"'\xff' # type: x", b'x = 1 # type: \xff',
           b'\xc3\xa9 \xc3\xa9 # \xff', b'# \xff\xff \n\xc3\xa9 \xc3\xa9', b"'\xff' \xc3\xa9 \xc3\xa9", b"b'\\z\xff'",
           b"'\\z' '\xff'", b"'\\N{DIGIT ONE\xff}'", b"'\\\xff'", b"'\\x\xff'", b"match x:\n  case '\xff': pass", b'x\xff.y = 1',
           b"return '\xff'", b'x = 1\xff', b'x = 1 \xff', b'1.\xff', b'0o\xff', b'1e\xff', b'1\xff', b'1j\xff']
for source in SOURCES:
    tell(source)
    if len(source) < 6:
        tell(source, "single")
        tell(source, "eval")
for source in (b"# coding: utf8\r\n'\xed", b"# coding: utf8\r\n\r\nx\xff'\xed\r\n", b"# coding: ascii\r\n\r\nx\xff'\xed\r\n", b"# coding: utf8\r\n'\xe2\x82"):
    tell(source)
    tell(source, "eval")
for text in ("'éé' 1 1", "x = 'éé' €", "éé(1 for x in y, 1)", "é = 5 = é", "# é\né 1", "def f(é, é): pass", "é = '\\N{é}'", "if é:\né", "if é:\n   é\n  é", "'''é\né''' 1"):
    for source in (text, text.encode(), b"\xef\xbb\xbf" + text.encode(), b"# coding: utf-8\n" + text.encode(), b"# coding: utf8\n" + text.encode()):
        tell(source)
