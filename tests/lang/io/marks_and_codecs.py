# A byte order mark stands at a stream's start only; codecs that are none of text are refused; "locale"; what an opener may return.
import io

for encoding in ("utf-8-sig", "utf-16", "utf-32"):
    raw = io.BytesIO()
    text = io.TextIOWrapper(raw, encoding=encoding)
    text.write("aaa")
    text.flush()
    first = raw.getvalue()
    text.write("bb")
    text.seek(0, 2)
    text.write("cc")
    text.flush()
    print(encoding, raw.getvalue())
    text.seek(0)
    text.write("zzz")
    text.flush()
    print(raw.getvalue())
    raw = io.BytesIO(first)
    raw.seek(0, 2)
    more = io.TextIOWrapper(raw, encoding=encoding)
    more.write("xxx")
    more.flush()
    print(raw.getvalue())
    more.seek(0)
    print(more.read())

raw = io.BytesIO()
text = io.TextIOWrapper(raw, encoding="ascii", newline="\n")
text.write("foo\n")
text.reconfigure(encoding="utf-8-sig")
text.write("é\n")
text.flush()
print(raw.getvalue())
text.reconfigure(encoding="locale")
print(text.encoding.upper())
for codec in ("hex", "base64", "rot13", "zlib", "nothing"):
    try:
        io.TextIOWrapper(io.BytesIO(), encoding=codec)
    except LookupError as e:
        print(e)
for number in (-1, -2):
    try:
        open("a file", opener=lambda path, flags: number)
    except ValueError as e:
        print(e)
