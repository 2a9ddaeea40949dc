# A job is granted no file but those of its own program: whether others exist is not even told.
# served: only, since the developer mode is granted files
for name, mode in (("/nonexistent/x", "r"), ("/tmp", "r"), ("/etc/passwd", "rb"), ("/tmp/new", "w")):
    try:
        open(name, mode)
    except OSError as e:
        print(type(e).__name__, e)
# Arguments are looked at first.
for arguments in ((), (5.5,), ("x", "zz"), ("x", 5), ("x", "rb", -1, "utf-8"), ("a\0b",), ("/etc/passwd", "r", 0)):
    try:
        open(*arguments)
    except (TypeError, ValueError) as e:
        print(type(e).__name__, e)
