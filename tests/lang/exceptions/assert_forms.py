# assert with all kinds of conditions and messages.
def t(f):
    try: f(); print("passed")
    except AssertionError as e: print(repr(e))
def a(): assert True
def b(): assert 0
def c(): assert [], "empty list"
def d(): assert None, ("tuple", "message")
def e(): assert 1 == 2, f"{1} != {2}"
def f(): assert not True, {"k": 1}
def g(): assert (lambda: 0)(), None
def h(): assert "" or [] or {}, ValueError("nested")
def i(): assert all([]) and any([])
def j(): assert 1 < 2 < 3 > 2
def k(): assert (False, "always true in a tuple")[0], "indexed"
for fn in (a, b, c, d, e, f, g, h, i, j, k): t(fn)
class B:
    def __bool__(self): raise KeyError("bool")
try: assert B()
except KeyError as x: print(repr(x))
print(__debug__)
def side():
    calls.append(1); return "msg"
calls = []
assert True, side()
print(calls)
try: assert False, side()
except AssertionError as x: print(calls, x)
AssertionError_ = AssertionError
class AssertionError(Exception): pass
try: assert 0, "the built-in is used"
except AssertionError_ as x: print(type(x) is AssertionError_, x)
