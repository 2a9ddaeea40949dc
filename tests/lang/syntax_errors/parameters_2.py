# Parameter lists that are wrong.
for p in (
    "1",
    "None",
    "True",
    "a=",
    "a,,b",
    "a b",
    "a:",
    "a: int = ",
    "*, a, *",
    "**",
    "a, **",
    "lambda",
    "*a, b, *, c",
    "a, *b, a",
    "*a, a",
    "**a, **b",
    "a=1, /, b",
    "a, b=1, *, c, d=2, e",
):
    try: compile(f"def f({p}): pass", "s", "exec"); d = "ok"
    except SyntaxError as e: d = e.msg
    try: compile(f"lambda {p}: 0", "s", "eval"); l = "ok"
    except SyntaxError as e: l = e.msg
    print(p, "|", d, "|", l)
