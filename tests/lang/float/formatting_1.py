# Format specs for floats.
inf, nan = float("inf"), float("nan")
for spec in (
    "",
    "f",
    ".0f",
    ".1f",
    ".10f",
    "e",
    ".0e",
    ".3E",
    "g",
    ".3g",
    ".10g",
    "G",
    "%",
    ".1%",
    "+.2f",
    " .2f",
    "010.3f",
    ">12.2f",
):
    print(spec, [format(x, spec) for x in (0.0, -0.0, 1.0, 1234567.891, -0.000012345, 1e20, 2.5, inf, -inf, nan)])
