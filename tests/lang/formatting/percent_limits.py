# Precisions and widths that are too large, %c and %f of odd things, 'z' of bytes.
class Index:
    def __index__(self):
        return 66


CASES = [
    ("%.2147483645d", 1), ("%.*x", (2147483647, 1)), ("%99999999999999999999d", 1), ("%.99999999999999999999d", 1),
    ("%.3000000000d", 1), ("%*d", (10**30, 1)), ("%.*s", (10**30, "x")), ("%.*s", (2**31, "x")), ("%.*s", (-1, "abc")),
    ("%c", Index()), ("%c", 256), ("%c", -1), ("%c", 2**70), ("%c", 3.5), ("%c", None), ("%c", ""), ("%f", "x"),
    ("%f", None), ("%f", 10**400), ("%f", Index()), ("%d", "x"), ("%x", 3.5), ("%z", 1), ("%z.1f", -0.01), ("%zd", 1),
    ("%\x1f", 1), ("%~", 1),
]


def tell(template, args):
    try:
        print(repr(template % args))
    except Exception as e:
        print(ascii(template), type(e).__name__, ascii(str(e)))


for template, args in CASES:
    tell(template, args)
    if isinstance(args, tuple):
        args = tuple(a.encode() if isinstance(a, str) else a for a in args)
    tell(template.encode(), args.encode() if isinstance(args, str) else args)
