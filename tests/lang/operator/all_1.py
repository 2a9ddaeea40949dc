# The operator module.
import operator as o
print(sorted(n for n in dir(o) if not n.startswith("_")))
print(o.add(1, 2), o.sub(5, 3), o.mul("a", 3), o.truediv(1, 2), o.floordiv(7, 2), o.mod(7, 3), o.pow(2, 5), o.neg(1), o.pos(-1), o.abs(-3), o.invert(5), o.inv(5), o.lshift(1, 3), o.rshift(8, 1), o.and_(6, 3), o.or_(6, 3), o.xor(6, 3), o.not_(0), o.truth([]), o.is_(None, None), o.is_not(1, None), o.lt(1, 2), o.le(2, 2), o.eq(1, 1.0), o.ne(1, 2), o.ge(1, 2), o.gt(2, 1), o.concat([1], [2]), o.contains([1], 1), o.countOf("abca", "a"), o.indexOf("abc", "c"), o.getitem([1, 2], 1), o.index(True), o.length_hint([1]), o.__add__(1, 2), o.__contains__("ab", "a"))
l = [1, 2, 3]
o.setitem(l, 0, 9)
o.delitem(l, 1)
print(l, o.iadd(l, [5]), l, o.imul(2, 3), o.iconcat([1], [2]), o.isub(5, 1), o.ior({1}, {2}), o.iand(3, 1), o.ixor(3, 1), o.ilshift(1, 2), o.irshift(4, 1), o.ipow(2, 3), o.imod(7, 4), o.ifloordiv(7, 2), o.itruediv(1, 4))
ig, ag, mc = o.itemgetter(1), o.attrgetter("real"), o.methodcaller("upper")
print(ig([1, 2]), o.itemgetter("a", "b")({"a": 1, "b": 2}), o.itemgetter(slice(1, 3))("abcd"), o.itemgetter(0)("x"), ag(5), o.attrgetter("real", "imag")(3j), o.attrgetter("__class__.__name__")(5), mc("ab"), o.methodcaller("split", ",", maxsplit=1)("a,b,c"), o.methodcaller("replace", "a", "b")("aa"), repr(ig), repr(ag), repr(o.methodcaller("f", 1, k=2)), sorted([(1, "b"), (0, "c")], key=o.itemgetter(1)), list(map(o.itemgetter(0), ["ab", "cd"])), sorted([{"n": 2}, {"n": 1}], key=o.itemgetter("n")), max([1j, 2j], key=o.attrgetter("imag")))
for s in (
    "o.add(1)",
    "o.add(1, 'a')",
    "o.itemgetter()",
    "o.itemgetter(5)([1])",
    "o.itemgetter('a')({})",
    "o.attrgetter()",
    "o.attrgetter(5)",
    "o.attrgetter('x')(1)",
    "o.attrgetter('a.b')(1)",
    "o.methodcaller()",
    "o.methodcaller(5)",
    "o.methodcaller('nope')(1)",
    "o.indexOf([1], 5)",
    "o.countOf(5, 1)",
    "o.concat(1, 2)",
):
    try: print(s, "=", eval(s))
    except Exception as e: print(s, "->", type(e).__name__, e)
