# print with all arguments; input.
import io, sys
print(); print(1, 2, 3); print("a", "b", sep=""); print("a", "b", sep="-", end="!\n"); print("no newline", end=""); print(); print(*range(3), sep=", "); print(None, True, 1.5, [1], {"a": 1}, (1,), b"x", sep="|"); print("a\tb\\n"); print(sep="x"); print(end="end\n"); print("x", sep=None, end=None)
s = io.StringIO(); print("to", "file", file=s, flush=True); print("again", file=s, end=""); print(repr(s.getvalue()))
class W:
    def __init__(self): self.parts = []
    def write(self, t): self.parts.append(t)
w = W(); print("a", 1, sep="-", file=w); print(w.parts)
for st in ("print(sep=1)", "print(end=1)", "print(file=5)", "print('x', file=W)", "print(foo=1)", "print('x', sep=b'')", "input(1, 2)", "print('a', flush='yes', file=W())"):
    try: eval(st)
    except Exception as e: print(st, "->", type(e).__name__, e)
class Bad:
    def __str__(self): raise ValueError("no str")
try: print("before", Bad(), "after")
except ValueError as e: print("|", e)
old = sys.stdout; sys.stdout = io.StringIO(); print("captured"); got = sys.stdout.getvalue(); sys.stdout = old; print(repr(got))
sys.stdout = None; print("nowhere"); sys.stdout = old; print("back"); sys.stdout.write("direct\n"); print(sys.stdout.write("abc\n"), sys.stdout.writelines(["l1\n", "l2\n"]), sys.stdout.flush())
old_in = sys.stdin; sys.stdin = io.StringIO("line1\nline2\n\nlast")
print(repr(input()), repr(input("prompt> ")), repr(input()), repr(input()))
try: input()
except EOFError as e: print("EOFError", e)
sys.stdin = io.StringIO("x\ny\n"); print(sys.stdin.readline(), list(sys.stdin), sys.stdin.read()); sys.stdin = old_in
class Multi(str):
    def __str__(self): return "multi str"
print(Multi("x"), [Multi("x")], "%s" % Multi("y")); print("é中🎉\x00".encode()); print("unicode: é中🎉"); print("a", end="\n\n"); print("\r" "carriage"[0:0] + "done"); print(print(print("inner"))); print(*"abc", sep="\n"); print(*[], sep="none"); print("%d items" % 3, f"{3} items", "{} items".format(3), 3, "items")
