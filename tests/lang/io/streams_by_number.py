# Descriptors 0, 1 and 2 opened by number are the program's standard streams, and stay open when one of these is closed.
import os, sys
with open(1, "w", closefd=False) as out:
    print("to standard output", file=out)
    print(out.fileno(), out.name, out.mode, out.writable(), out.readable())
raw = open(1, "wb", buffering=0, closefd=False)
print(raw.write(b"unbuffered\n"), raw.fileno(), raw.closed)
raw.close()
print(raw.closed, sys.stdout.closed, os.write(1, b""))
with open(0, closefd=False) as text:
    print(repr(text.readline()), text.fileno(), text.name)
for arguments in ((-1,), (-5, "wb"), (99,), (99, "wb"), (1234567, "rb", 0)):
    try:
        open(*arguments)
    except (OSError, ValueError) as e:
        print(arguments, type(e).__name__, e)
