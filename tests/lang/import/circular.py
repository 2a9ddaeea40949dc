# Circular imports.
import circ.a
print(circ.a.from_b(), circ.b.from_a())
try: import circ.bad1
except ImportError as e: print(type(e).__name__, str(e).split(" (")[0])
