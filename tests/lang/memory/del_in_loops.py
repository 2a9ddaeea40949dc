# Loop variables and temporaries in loops.
class D:
    def __init__(self, n): self.n = n
    def __del__(self): print("del", self.n)
for i in range(3): d = D(i)
print("after for"); del d
for d in [D("x"), D("y")]: print("body", d.n)
print("after list"); del d
for d in (D(i) for i in "pq"): print("gen", d.n)
print("after gen"); del d
n = 0
while n < 2: D(n); n += 1
[D(c) and None for c in "ab"]; print("comprehension")
x = [D(i) for i in (7, 8)]
for i, d in enumerate(x): x[i] = None; print("replaced", i)
print("end of loop"); del d
for a, b in [(D("t1"), D("t2"))]: pass
print("tuple targets"); del a, b
