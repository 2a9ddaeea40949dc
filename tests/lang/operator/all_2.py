# The operator module.
import operator as o
l = [1, 2, 3]
o.setitem(l, 0, 9)
o.delitem(l, 1)
ig, ag, mc = o.itemgetter(1), o.attrgetter("real"), o.methodcaller("upper")
for s in (
    "o.contains(5, 1)",
    "o.index(1.5)",
    "o.truediv(1, 0)",
    "o.lt(1, 'a')",
    "o.getitem([1], 5)",
    "o.length_hint('a', 'b')",
    "o.not_()",
    "o.matmul(1, 2)",
    "o.call(len, 'abc')",
    "o.itemgetter(1)(5)",
    "o.neg('a')",
    "o.iadd(1, 'a')",
    "o.length_hint(5)",
    "o.length_hint(5, 3)",
    "o.itemgetter(0)(x=1)",
):
    try: print(s, "=", eval(s))
    except Exception as e: print(s, "->", type(e).__name__, e)
class M:
    def __matmul__(self, x): return "mm"
    def __imatmul__(self, x): return "imm"
print(o.matmul(M(), 1), o.imatmul(M(), 1), o.itemgetter(1, 1)([5, 6]), o.attrgetter("a")(type("X", (), {"a": 7})), o.itemgetter(-1)([1, 2]))
