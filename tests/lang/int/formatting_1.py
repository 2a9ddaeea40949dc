# Format specs for integers.
for spec in (
    "",
    "d",
    "5",
    "<5",
    ">5",
    "^5",
    "05",
    "+",
    "+d",
    " ",
    "-",
    "x",
    "X",
    "o",
    "b",
):
    print(spec, [format(n, spec) for n in ((65,) if spec == "c" else (0, 42, -42, 1234567))])
