# Operations whose result would be enormous.
for src in (
    "(1).to_bytes(1 << 60, 'big')",
    "'ab'.replace('', 'x' * 100)[:5]",
    "'%.99999999999f' % 1.0",
    "'{:.99999999999}'.format(1.0)",
    "f'{1:{1 << 60}}'",
    "int('1' * 4000) > 0",
    "'x'.ljust(-1 << 60)",
    "'x' * -(1 << 60)",
    "[1][:1 << 70]",
    "'abc'[-(1 << 70):]",
    "bytes(-1)",
    "slice(1 << 100).indices(1 << 62)",
    "round(1.5, 1 << 40)",
    "round(15, -(1 << 40)) if 0 else 0",
    "(1 << 64).bit_length()",
):
    try: r = eval(src); print(src, "=", r if len(str(r)) < 60 else "long")
    except (MemoryError, OverflowError, ValueError) as e: print(src, "->", type(e).__name__)
print("alive")
