# Argument lists and parameter lists that are wrong.
for src in (
    "f(lambda: 1=2)",
    "f(,)",
    "f(a,,b)",
    "f(*)",
    "f(**)",
    "f(*a=1)",
    "f(a:=1, b:=2)",
    "f(a=b:=1)",
    "f(a b=1)",
    "f(a",
    "f(a))",
    "f(yield)",
    "f(print x)",
):
    try: compile(src, "s", "eval"); print(src, "ok")
    except SyntaxError as e: print(src, "|", e.msg, "|", e.offset, e.end_offset)
