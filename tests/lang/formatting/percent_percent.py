def attempt(text, args):
    try:
        print(repr(text), repr(text % args))
    except (TypeError, ValueError) as e:
        print(repr(text), e)


for text, args in [("%10.3%", ()), ("%5%|", 3), ("%-%", ()), ("%(a)%", {"a": 1}), ("%%", ()), ("%%%d%%", 5), ("%*%", (3,)), ("%l%", ()),
                   ("%5%", (1,)), (b"%5%", ()), (b"%%", ()), (b"%5%", (1,)), ("%(a)5%", {"a": 1}), ("100%%", ()), ("%", ()), ("%%%", ())]:
    attempt(text, args)
for spec in ("0", "0>5", "=5", "0=5", "05", "*>9", "0<3f"):
    try:
        print(spec, format(1j, spec))
    except ValueError as e:
        print(spec, e)
