# Compile-time and run-time errors of f-strings.
for src in (
    "f'{'",
    "f'}'",
    "f'{}'",
    "f'{ }'",
    "f'{!r}'",
    "f'{a!}'",
    "f'{a!x}'",
    "f'{a!rr}'",
    "f'{a:{'",
    "f'{a b}'",
    "f'{a:{b}'",
    "f'{lambda x: 1}'",
    "f'{a =!r:}'",
    "f'{a[}'",
    "f'{(a}'",
    "f'{a)}'",
    "f'{a:}}'",
    "f'{*a}'",
    "f'{**a}'",
):
    try: compile(src, "<f>", "eval")
    except SyntaxError as e: print(src, "| SyntaxError")
    else: print(src, "| ok")
