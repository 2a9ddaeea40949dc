# Huge and odd arguments to built-in methods.
big = 2**63
for e in (
    "pow(2, big, 7)",
    "round(1.5, big)",
    "round(15, -big) if 0 else 0",
    "float(big)",
    "int(float(big))",
    "divmod(big, -1)",
    "-big // 1",
    "abs(-big)",
    "sum([big] * 3)",
    "max(big, 1.5)",
    "complex(big)",
    "str(big)",
    "enumerate([1], big).__next__()",
    "list(range(big, big + 2))",
    "iter(range(big)).__length_hint__()",
    "[].__getitem__(big)",
    "[1, 2, 3][-big:big:big]",
):
    try: r = eval(e); print(e, "=", r if len(repr(r)) < 80 else "long")
    except (MemoryError, OverflowError) as x: print(e, "->", "too large")
    except Exception as x: print(e, "->", type(x).__name__, x)
