# What the compiler says about bad literals.
import warnings
warnings.simplefilter("ignore")
cases = [
    'f"{"',
    'f"}"',
    'f"{}"',
    "ur'x'",
    'bu"x"',
    r'"\400"',
    r'"\d"',
    r'b"\d"',
    "f'{a b}'",
    "f'{a!x}'",
    "f'{!r}'",
    "f'{a!}'",
]
for case in cases:
    try:
        code = compile(case, "<lit>", "eval")
    except SyntaxError as e:
        print(case, "|", type(e).__name__) if case.startswith("f") else print(
            case, "|", type(e).__name__, "|", e.msg, "|", e.lineno, e.offset)
    else:
        print(case, "|", "ok")
