# namedtuple, OrderedDict, ChainMap, UserDict, UserList, UserString.
from collections import *
P = namedtuple("P", "x y")
p = P(1, y=2)
print(p, p.x, p[1], p == (1, 2), P._fields, p._asdict(), p._replace(x=9), P._make([3, 4]), P._field_defaults, len(p), tuple(p), p + (3,), hash(p) == hash((1, 2)), P.__doc__, P.x.__doc__, type(p).__mro__[1].__name__, isinstance(p, tuple), [*p], p < P(1, 3), P(*"ab"), P(**{"x": 1, "y": 2}), p.__getnewargs__(), P.__name__, P.__match_args__, repr(P))
D = namedtuple("D", ["a", "b", "c"], defaults=[2, 3])
print(D(1), D._field_defaults, D(1, c=9), namedtuple("R", "a def a", rename=True)._fields, namedtuple("C", "a, b")._fields, namedtuple("E", "")(), namedtuple("M", "x", module="mod").__module__, namedtuple("T", ("p", "q"))(5, 6))
class Sub(namedtuple("Base", "a b")):
    __slots__ = ()
    @property
    def total(self): return self.a + self.b
    def __new__(cls, a, b=10): return super().__new__(cls, a, b)
s = Sub(1)
print(s, s.total, s._replace(a=5).total, type(s._replace(b=1)).__name__)
for e in (
    "P()",
    "P(1)",
    "P(1, 2, 3)",
    "P(1, z=2)",
    "P(1, 2, x=3)",
    "p.z",
    "p.x = 5",
    "p._replace(z=1)",
    "P._make([1])",
    "P._make([1, 2, 3])",
    "namedtuple('1a', 'x')",
):
    try: print(e, "=", eval(e))
    except SyntaxError:
        try: exec(e)
        except Exception as x: print(e, "->", type(x).__name__, x)
    except Exception as x: print(e, "->", type(x).__name__, x)
