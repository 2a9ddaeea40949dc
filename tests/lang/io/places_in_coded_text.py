# tell() and seek() of text in codecs whose characters have no place of their own, or a mark at the start.
import io

TEXT = "héllo\nwörld\r\nlast \U0001f600 line here\n"


def tour(encoding, newline):
    buffer = io.BytesIO()
    stream = io.TextIOWrapper(buffer, encoding=encoding, newline=newline)
    stream.write(TEXT)
    stream.flush()
    print(encoding, repr(newline), stream.tell(), len(buffer.getvalue()))
    stream.seek(0)
    places = []
    while True:
        places.append(stream.tell())
        if not stream.read(1):
            break
    print(places)
    for place in reversed(places):
        stream.seek(place)
        print(stream.tell() == place, ascii(stream.read(2)), end=" ")
    print()
    stream.seek(places[6])
    line = stream.readline()
    here = stream.tell()
    rest = stream.read()
    stream.seek(here)
    print(ascii(line), here, stream.read() == rest, stream.newlines)
    print(stream.seek(0, 2), stream.newlines)
    stream.write("more\n")
    stream.flush()
    print(buffer.getvalue()[-12:])
    stream.seek(0)
    stream.write("X")
    stream.flush()
    print(buffer.getvalue()[:10])
    stream.seek(0)
    stream.truncate(0)
    stream.write("abc")
    stream.flush()
    print(buffer.getvalue())


for encoding in ("utf-16", "utf-8-sig", "utf-16-le", "utf-16-be", "utf-32", "utf-7", "utf-8", "cp1252"):
    for newline in (None, "\n") if encoding == "utf-8" else ("", None, "\n"):
        try:
            tour(encoding, newline)
        except UnicodeEncodeError as e:
            print(encoding, "cannot hold", ascii(e.object[e.start]))

# a decoder that keeps a state over characters
stream = io.TextIOWrapper(io.BytesIO("a+AOkA6Q-b\nc\n".encode()), encoding="utf-7")
print(ascii(stream.read(2)))
place = stream.tell()
print(place, ascii(stream.read()))
stream.seek(place)
print(ascii(stream.read()), stream.tell())
for wrong in (-1, 1 << 200):
    try:
        stream.seek(wrong)
    except (ValueError, OverflowError) as e:
        print(type(e).__name__, e)
