print("a starts")
import circ.b
def name(): return "name of a"
def from_b(): return circ.b.name()
print("a ends")
