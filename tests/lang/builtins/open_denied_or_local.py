# Things that need no file system: names of missing files give errors.
for f in (lambda: open("/nonexistent/file.txt"), lambda: open("/nonexistent/file.txt", "w"), lambda: open(""), lambda: open("x", "zz"), lambda: open("x", "rw"), lambda: open(5.5), lambda: open([]), lambda: open("x", "rb", encoding="utf-8"), lambda: open("a\0b")):
    try: f(); print("opened")
    except (OSError, ValueError, TypeError) as e: print("OSError" if isinstance(e, OSError) else f"{type(e).__name__} {e}")
