# import, global, nonlocal, del, assert, raise, return that are wrong.
for src in (
    "import",
    "import a.",
    "import .a",
    "import a as",
    "import a as b.c",
    "import a b",
    "import a, ",
    "import (a)",
    "import *",
    "from",
    "from a",
    "from a import",
    "from a import b as",
    "from a import b.c",
    "from a import (b",
    "from a import (b c)",
    "from a import ()",
):
    try: compile(src, "s", "exec"); print(repr(src), "| ok")
    except SyntaxError as e: print(repr(src), "|", e.msg)
