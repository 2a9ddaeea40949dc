# The mini-language for strings and its corner cases.
for spec in (
    "",
    "s",
    "10",
    "<10",
    ">10",
    "^10",
    "^11",
    "*^10",
    "*<10s",
    "é>6",
    "中^8",
    "{<5",
    "}>5",
    ".0",
    ".2",
):
    print(repr(spec), repr(format("abc", spec)), repr(format("", spec)), repr(format("中é", spec)))
