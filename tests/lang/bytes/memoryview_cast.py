"""What memoryview.cast refuses, in which order; a native format keeps its mark."""
def t(f):
    try: r = f(); print(r.shape, r.format, r.tolist())
    except Exception as e: print(type(e).__name__, e)
for base in (bytearray(12), bytearray(0), bytes(8)):
    for first in ("", "[3:3]", "[::2]", "[1:]", ".cast('H')", ".cast('B', [3, 4])", ".cast('B', [0, 4])", ".cast('B', [len(base)])"):
        try: m = eval("memoryview(base)" + first)
        except Exception as e: print(first, type(e).__name__, e); continue
        for c in (("B",), ("h",), ("B", [2, 6]), ("B", [0, 5]), ("B", [12]), ("B", (3, 4)), ("B", 5), ("B", [-1, 2]), ("B", ["a"]), ("B", []), ("h", [2, 3]), ("zz",), ("B", [2**62, 4]), (5,), ("<i",), ("@i",), ("i", [3]), ("c", [0])):
            print(first, c, end=" "); t(lambda: m.cast(*c))
