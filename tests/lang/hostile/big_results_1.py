# Operations whose result would be enormous.
for src in (
    "10 ** 10 ** 10" if 0 else "1 << (1 << 40)",
    "'a' * (1 << 60)",
    "[0] * (1 << 60)",
    "b'a' * (1 << 60)",
    "bytearray(1 << 60)",
    "range(1 << 70)[1 << 69]",
    "len(range(1 << 70))",
    "'%' + str(1 << 40) + 'd'",
    "'%*d' % (1 << 40, 1)",
    "'{:>{}}'.format('a', 1 << 60)",
    "'a'.center(1 << 60)",
    "'\\t'.expandtabs(1 << 60)",
    "(0,) * (1 << 60)",
    "'a'.zfill(1 << 62)",
    "list(range(1 << 62)) if 0 else 1",
    "sum([1 << 100] * 10)",
):
    try: r = eval(src); print(src, "=", r if len(str(r)) < 60 else "long")
    except (MemoryError, OverflowError, ValueError) as e: print(src, "->", type(e).__name__)
