# The null device is there for every program: it has nothing, and takes everything.
import contextlib
import os

print(os.devnull)
with open(os.devnull) as f:
    print(repr(f.read()), f.readline() == "", f.readable(), f.writable())
with open(os.devnull, "w") as f:
    print(f.write("gone"), f.writable())
    f.flush()
with open(os.devnull, "r+b", 0) as f:
    print(f.write(b"x" * 100000), f.read(5), f.isatty())
with open(os.devnull, "ab") as f:
    print(f.write(b"more"), f.closed)
with open(os.devnull, "w") as sink, contextlib.redirect_stdout(sink):
    print("unseen")
print(f.closed)
try:
    open(os.devnull, "wb", 0).truncate(3)
except OSError as error:
    print(error.errno)
