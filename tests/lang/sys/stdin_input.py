# input() and sys.stdin with real input.
import sys
print(repr(input()), repr(input("prompt: ")), repr(sys.stdin.readline()), repr(sys.stdin.read(4)), [line for line in [next(sys.stdin)]], [l.rstrip() for l in sys.stdin], repr(sys.stdin.read()))
try: input("again? ")
except EOFError as e: print(type(e).__name__, e)
