# namedtuple, OrderedDict, ChainMap, UserDict, UserList, UserString.
from collections import *
P = namedtuple("P", "x y"); p = P(1, y=2)
print(p, p.x, p[1], p == (1, 2), P._fields, p._asdict(), p._replace(x=9), P._make([3, 4]), P._field_defaults, len(p), tuple(p), p + (3,), hash(p) == hash((1, 2)), P.__doc__, P.x.__doc__, type(p).__mro__[1].__name__, isinstance(p, tuple), [*p], p < P(1, 3), P(*"ab"), P(**{"x": 1, "y": 2}), p.__getnewargs__(), P.__name__, P.__match_args__, repr(P))
D = namedtuple("D", ["a", "b", "c"], defaults=[2, 3]); print(D(1), D._field_defaults, D(1, c=9), namedtuple("R", "a def a", rename=True)._fields, namedtuple("C", "a, b")._fields, namedtuple("E", "")(), namedtuple("M", "x", module="mod").__module__, namedtuple("T", ("p", "q"))(5, 6))
class Sub(namedtuple("Base", "a b")):
    __slots__ = ()
    @property
    def total(self): return self.a + self.b
    def __new__(cls, a, b=10): return super().__new__(cls, a, b)
s = Sub(1); print(s, s.total, s._replace(a=5).total, type(s._replace(b=1)).__name__)
for e in ("P()", "P(1)", "P(1, 2, 3)", "P(1, z=2)", "P(1, 2, x=3)", "p.z", "p.x = 5", "p._replace(z=1)", "P._make([1])", "P._make([1, 2, 3])", "namedtuple('1a', 'x')", "namedtuple('A', '_x')", "namedtuple('A', 'x x')", "namedtuple('A', 'class')", "namedtuple('A', '1x')", "namedtuple('class', 'x')", "namedtuple('A', 'x', defaults=[1, 2])", "namedtuple('A', 5)", "namedtuple()", "p[5]", "del p.x", "namedtuple('A', 'x-y')"):
    try: print(e, "=", eval(e))
    except SyntaxError:
        try: exec(e)
        except Exception as x: print(e, "->", type(x).__name__, x)
    except Exception as x: print(e, "->", type(x).__name__, x)
o = OrderedDict(b=1, a=2); o["c"] = 3; o.move_to_end("b"); print(o, list(o), o.popitem(), o.popitem(last=False), o); o.update(z=1, y=2); o.move_to_end("y", last=False); print(o, list(reversed(o)), o == OrderedDict(y=2, c=3, z=1) or o, OrderedDict(a=1, b=2) == OrderedDict(b=2, a=1), OrderedDict(a=1, b=2) == {"b": 2, "a": 1}, o.copy(), type(o | {"k": 1}), o.pop("z"), o.pop("q", None), OrderedDict.fromkeys("ab"), repr(OrderedDict()), o.setdefault("n", 5), list(o.items()), len(o), dict(o), list(o.keys() & {"c"}))
for e in ("o.move_to_end('zz')", "OrderedDict().popitem()", "OrderedDict(5)", "o['zz']", "o.pop('zz')", "del_(o)", "OrderedDict([1])", "{} | OrderedDict(a=1)", "o.popitem(last=5)"):
    try: print(e, "=", eval(e))
    except Exception as x: print(e, "->", type(x).__name__, x)
cm = ChainMap({"a": 1}, {"a": 2, "b": 3}); cm["c"] = 4; print(cm["a"], cm["b"], cm.maps, len(cm), sorted(cm), "b" in cm, cm.get("zz"), cm.new_child({"a": 0})["a"], cm.parents, dict(cm) == {"a": 1, "b": 3, "c": 4}, cm.pop("c"), cm); 
try: del cm["b"]
except KeyError as e: print(e)
try: cm["zz"]
except KeyError as e: print(e)
class UD(UserDict):
    def __setitem__(self, k, v): super().__setitem__(str(k), v)
u = UD({1: "a"}); u[2] = "b"; u.update({3: "c"}); print(u, u.data, "1" in u, len(u), u.get("9"), list(u)); ul = UserList([3, 1]); ul.append(2); ul.sort(); print(ul, ul + [9], ul[0:2], type(ul[0:2]).__name__, ul.data, ul == [1, 2, 3], 2 * ul); us = UserString("abc"); print(us, us.upper(), us + "d", us[0], "b" in us, len(us), type(us.upper()).__name__, us == "abc", hash(us) == hash("abc"))
