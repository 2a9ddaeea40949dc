"""% with a number that is none by __int__: int() decides; and what % of an empty text is."""


class Trunc:
    def __trunc__(self): return 7
class FloatToo(Trunc):
    def __float__(self): return 2.5
class FloatOnly:
    def __float__(self): return 2.5
class Index:
    def __index__(self): return 9
class Text(str):
    def __float__(self): return 1.0
class Both(Index):
    def __int__(self): return 3


for value in (Trunc(), FloatToo(), FloatOnly(), Index(), Text("12"), Text("x"), Both(), 3.9, True, 1j):
    for code in "dixfs":
        try: print(type(value).__name__, code, ("%" + code) % value if code != "s" else b"%d" % value)
        except (TypeError, ValueError) as e: print(type(value).__name__, code, type(e).__name__, e)
class S(str): pass
for text in ("", "abc", "%%", "a%%"):
    for arguments in ((), {}):
        made = S(text) % arguments
        print(repr(made), type(made).__name__)
