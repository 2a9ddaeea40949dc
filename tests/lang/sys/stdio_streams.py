# The standard streams as objects.
import sys, io
print(sys.stdout.write("w\n"), sys.stdout.writable(), sys.stdout.readable(), sys.stdin.readable(), sys.stdout.isatty(), sys.stdout.closed, sys.stdout.encoding.lower(), sys.stdout.errors, isinstance(sys.stdout, io.TextIOBase), sys.stdout.fileno(), sys.stdin.fileno(), sys.stderr.fileno(), sys.stdout.name, sys.stdin.name, sys.stderr.name)
sys.stdout.flush(); sys.stdout.writelines(["a", "b\n"]); sys.stdout.buffer.write(b"bytes\n"); sys.stdout.buffer.flush(); print("via print", file=sys.stdout)
for bad in (lambda: sys.stdout.write(5), lambda: sys.stdout.write(b"x"), lambda: sys.stdout.read(), lambda: sys.stdin.write("x"), lambda: sys.stdout.buffer.write("x"), lambda: sys.stdout.seek(0) if 0 else sys.stdin.readline(1.5)):
    try: bad()
    except Exception as e: print(type(e).__name__, e)
print(repr(sys.stdin.read()), repr(sys.stdin.readline()), list(sys.stdin)); old = sys.stdout; sys.stdout = s = io.StringIO(); print("captured", end=""); sys.stdout = old; print(repr(s.getvalue()))
class Tee:
    def __init__(self): self.n = 0
    def write(self, t): self.n += len(t); return old.write(t.upper())
    def flush(self): pass
sys.stdout = Tee(); print("loud", 1); n = sys.stdout.n; sys.stdout = old; print(n)
del sys.stdout
try: print("lost")
except RuntimeError as e: old.write(f"{e}\n")
sys.stdout = old; sys.stderr.write(""); print("end")
