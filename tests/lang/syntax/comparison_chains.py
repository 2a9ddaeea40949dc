# Chained comparisons evaluate each operand once and stop early.
class N:
    def __init__(self, v): self.v = v
    def __lt__(self, o): print(self.v, "<", o.v); return self.v < o.v
    def __gt__(self, o): print(self.v, ">", o.v); return self.v > o.v
    def __eq__(self, o): print(self.v, "==", o.v); return self.v == o.v
    def __le__(self, o): print(self.v, "<=", o.v); return [] if self.v > o.v else "yes"
a, b, c = N(1), N(2), N(3)
print(a < b < c)
print(c < b < a)
print(a < b > a)
print(a == a < c)
print(c <= a <= b)
print(a <= b <= c)
print(a in [b, a], a not in [b])
print(1 < 2 in [2, 3] , 1 in [1] in [[1]])
print(1 < 2 == True, (1 < 2) == True)
x = 5
print(0 < x < 10, 10 > x >= 5, x == 5 != 6, 1 < x < 3 < 1 / 1)
print(1 < 0 < 1 / 0 if x else None)
print(None is None is not 1)
r = "abc"
print("a" < r < "b", "a" in r in ["abc"])
def side(n): print("side", n); return n
print(side(1) < side(3) < side(2) < side(9))
print(not side(1) < side(0) <= side(5))
print([1, 2] < [1, 3] <= [1, 3, 0], (1,) < (1, 0), "Z" < "a")
