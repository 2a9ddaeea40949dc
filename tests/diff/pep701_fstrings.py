# f-strings follow 3.12's grammar (PEP 701): quotes may be reused, backslashes and comments may stand in the expression,
# nesting is free, expressions may span lines. CPython 3.11 refuses all of these.
songs = ["Take me back to Eden", "Alkaline"]
print(f"{", ".join(songs)}")
print(f"{'\n'.join(songs)}")
print(f"{f"{f"{1 + 1}"}"}")
print(f"{[
    x  # a comment
    for x in songs
][0]!r}")
print(f"{'\N{BULLET}'}{"\u00e9"}")
print(f'{'a' 'b'}', f"{"a" if songs else "b":>{"5"}}")
d = {"k": 1}
print(f"{d["k"]}", f"{d['k']:{"0"}>{d["k"] + 3}}")
