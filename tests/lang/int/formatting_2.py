# Format specs for integers.
for spec in (
    "#x",
    "#X",
    "#o",
    "#b",
    "#010x",
    "08b",
    ",",
    "_",
    "_x",
    "_b",
    ",d",
    "*^10",
    "*<10d",
    "=+10",
    "0=10",
):
    print(spec, [format(n, spec) for n in ((65,) if spec == "c" else (0, 42, -42, 1234567))])
