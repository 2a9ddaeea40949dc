# complex() of strings and repr of all sign combinations.
for s in (
    "1",
    "1j",
    "-1j",
    "+1j",
    "j",
    "-j",
    "+j",
    "1+1j",
    "1-1j",
    "-1-1j",
    "1+j",
    "1e3+2e-3j",
    "1.5j",
    ".5+.5j",
):
    print(repr(s), repr(complex(s)))
