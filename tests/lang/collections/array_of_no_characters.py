"""An array of characters may hold what is no character: told of where it is taken out."""
import array
import warnings

warnings.simplefilter("ignore")
a = array.array("u", "ab")
a.byteswap()
for what, action in {"tolist": a.tolist, "item": lambda: a[0], "list": lambda: list(a), "tounicode": a.tounicode, "repr": lambda: repr(a), "pop": lambda: a.pop(),
                     "slice": lambda: a[5:], "index": lambda: a.index("a"), "in": lambda: "a" in a, "reversed": lambda: list(reversed(a))}.items():
    try:
        print(what, action())
    except ValueError as error:
        print(what, error)
