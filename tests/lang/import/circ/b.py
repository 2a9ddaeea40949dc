print("b starts")
import circ.a as a
def name(): return "name of b"
def from_a(): return a.name()
print("b ends", hasattr(a, "name"))
