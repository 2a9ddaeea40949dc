# Namespaces of exec and eval release their contents.
import sys
x = object(); base = sys.getrefcount(x)
ns = {"x": x}; exec("y = x; z = [x, y]\ndef f(a=x): return a\nclass C: attr = x", ns); print(sys.getrefcount(x) - base > 5)
ns.clear(); import gc; gc.collect(); print(sys.getrefcount(x) - base)
print(eval("[v, v]", {"v": x}) is not None, sys.getrefcount(x) - base)
try: exec("w = v\nraise ValueError", {"v": x})
except ValueError as e: pass
print(sys.getrefcount(x) - base)
c = compile("q = v", "f", "exec"); d = {"v": x}; exec(c, d); del d; print(sys.getrefcount(x) - base)
