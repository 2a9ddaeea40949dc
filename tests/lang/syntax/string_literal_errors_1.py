# What the compiler says about bad literals.
import warnings
warnings.simplefilter("ignore")
cases = [
    r'"\x4"',
    r'"\u12"',
    r'"\U0011ffff"',
    r'"\N{no such name}"',
    r'"\N"',
    r'b"\x1"',
    'b"\u00e9"',
    '"unterminated',
    "'unterminated",
    '"""never closed',
    "b'x' 'y'",
    "'y' b'x'",
]
for case in cases:
    try:
        code = compile(case, "<lit>", "eval")
    except SyntaxError as e:
        print(case, "|", type(e).__name__) if case.startswith("f") else print(
            case, "|", type(e).__name__, "|", e.msg, "|", e.lineno, e.offset)
    else:
        print(case, "|", "ok")
