# complex() of strings and repr of all sign combinations.
for s in (
    "1_000j",
    " 1+2j\n",
    "(1+2j)",
    "( 1+2j )",
    "inf+nanj",
    "-infj",
    "nan",
    "infinity",
    "1+infj",
    "0j",
    "-0j",
    "-0-0j",
    "1E5J",
):
    print(repr(s), repr(complex(s)))
for s in ("", " ", "1+", "+", "1+2", "1j+1", "1 +2j", "1+ 2j", "1 + 2j", "(1+2j", "1+2j)", "((1j))", "1jj", "jj", "1+2i", "a", "1,2", "1+2j+3j", "--1j", "1+-2j" , "0x1j", "1__0j", "1e", "ej", "\0", "1j\0"):
    try: print(repr(s), complex(s))
    except ValueError as e: print(repr(s), "->", e)
for r in (0.0, -0.0, 1.0, -1.5, float("inf"), float("-inf"), float("nan"), 1e300):
    print([repr(complex(r, i)) for i in (0.0, -0.0, 2.0, -2.5, float("inf"), float("nan"))])
print(complex(1, 2), complex(1.5), complex(1j, 2), complex(1, 2j), complex(1j, 2j), complex(True, False), complex(), str(1j), f"{1j}", "%s" % (1+2j), [1j], complex(2**70), complex(real=3), complex(imag=3))
for f in (lambda: complex(1, "2"), lambda: complex("1", 2), lambda: complex([]), lambda: complex(None), lambda: complex(1, None), lambda: complex(1, 2, 3), lambda: complex(b"1j"), lambda: complex(x=1)):
    try: print(f())
    except TypeError as e: print(e)
