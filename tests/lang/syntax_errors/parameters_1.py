# Parameter lists that are wrong.
for p in (
    "a, a",
    "a=1, b",
    "*",
    "*, **k",
    "**k, a",
    "**k, *a",
    "*a, *b",
    "/",
    "/, a",
    "a, /, b, /",
    "*, /",
    "a, *, /",
    "*a, /",
    "*a=1",
    "**k=1",
    "(a, b)",
    "[a]",
    "a.b",
    "a[0]",
):
    try: compile(f"def f({p}): pass", "s", "exec"); d = "ok"
    except SyntaxError as e: d = e.msg
    try: compile(f"lambda {p}: 0", "s", "eval"); l = "ok"
    except SyntaxError as e: l = e.msg
    print(p, "|", d, "|", l)
