# A power with an infinite part is an overflow, whatever it was made of.
inf, nan = float("inf"), float("nan")
for what in ("complex(inf, 0) ** 2", "complex(inf, 0) ** 0.5", "complex(inf, 0) ** 3", "2 ** complex(1024, 0)", "(2 + 0j) ** 1024",
             "(1e200 + 1e200j) ** 2", "complex(nan, 0) ** 2", "complex(0, inf) ** 1", "complex(inf, inf) ** -1",
             "complex(inf, 0) ** 0", "0j ** complex(inf, 0)", "2 ** complex(0, inf)"):
    try:
        print(what, eval(what))
    except ArithmeticError as e:
        print(what, type(e).__name__, e)
