# namedtuple, OrderedDict, ChainMap, UserDict, UserList, UserString.
from collections import *
P = namedtuple("P", "x y")
p = P(1, y=2)
D = namedtuple("D", ["a", "b", "c"], defaults=[2, 3])
class Sub(namedtuple("Base", "a b")):
    __slots__ = ()
    @property
    def total(self): return self.a + self.b
    def __new__(cls, a, b=10): return super().__new__(cls, a, b)
s = Sub(1)
for e in (
    "namedtuple('A', '_x')",
    "namedtuple('A', 'x x')",
    "namedtuple('A', 'class')",
    "namedtuple('A', '1x')",
    "namedtuple('class', 'x')",
    "namedtuple('A', 'x', defaults=[1, 2])",
    "namedtuple('A', 5)",
    "namedtuple()",
    "p[5]",
    "del p.x",
    "namedtuple('A', 'x-y')",
):
    try: print(e, "=", eval(e))
    except SyntaxError:
        try: exec(e)
        except Exception as x: print(e, "->", type(x).__name__, x)
    except Exception as x: print(e, "->", type(x).__name__, x)
o = OrderedDict(b=1, a=2)
o["c"] = 3
o.move_to_end("b")
print(o, list(o), o.popitem(), o.popitem(last=False), o)
o.update(z=1, y=2)
o.move_to_end("y", last=False)
print(o, list(reversed(o)), o == OrderedDict(y=2, c=3, z=1) or o, OrderedDict(a=1, b=2) == OrderedDict(b=2, a=1), OrderedDict(a=1, b=2) == {"b": 2, "a": 1}, o.copy(), type(o | {"k": 1}), o.pop("z"), o.pop("q", None), OrderedDict.fromkeys("ab"), repr(OrderedDict()), o.setdefault("n", 5), list(o.items()), len(o), dict(o), list(o.keys() & {"c"}))
for e in ("o.move_to_end('zz')", "OrderedDict().popitem()", "OrderedDict(5)", "o['zz']", "o.pop('zz')", "del_(o)", "OrderedDict([1])", "{} | OrderedDict(a=1)", "o.popitem(last=5)"):
    try: print(e, "=", eval(e))
    except Exception as x: print(e, "->", type(x).__name__, x)
cm = ChainMap({"a": 1}, {"a": 2, "b": 3})
cm["c"] = 4
print(cm["a"], cm["b"], cm.maps, len(cm), sorted(cm), "b" in cm, cm.get("zz"), cm.new_child({"a": 0})["a"], cm.parents, dict(cm) == {"a": 1, "b": 3, "c": 4}, cm.pop("c"), cm)
try: del cm["b"]
except KeyError as e: print(e)
try: cm["zz"]
except KeyError as e: print(e)
class UD(UserDict):
    def __setitem__(self, k, v): super().__setitem__(str(k), v)
u = UD({1: "a"})
u[2] = "b"
u.update({3: "c"})
print(u, u.data, "1" in u, len(u), u.get("9"), list(u))
ul = UserList([3, 1])
ul.append(2)
ul.sort()
print(ul, ul + [9], ul[0:2], type(ul[0:2]).__name__, ul.data, ul == [1, 2, 3], 2 * ul)
us = UserString("abc")
print(us, us.upper(), us + "d", us[0], "b" in us, len(us), type(us.upper()).__name__, us == "abc", hash(us) == hash("abc"))
