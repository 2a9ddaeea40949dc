# Where docstrings are and are not.
def a(): "doc a"
def b():
    """doc
    b"""
    return 1
def c(): f"not a doc"
def d(): b"bytes"
def e(): ("paren doc")
def f(): "one" "two"
def g():
    x = 1
    "not first"
def h(): pass; "no"
def i():
    # comment
    "after comment"
class A:
    "class doc"
    def m(self): r"raw \d"
class B: pass
class C(A): pass
lam = lambda: "no"
async def co(): "async doc"
def gen(): "gen doc"; yield
print([x.__doc__ for x in (a, b, c, d, e, f, g, h, i, A, A.m, B, C, lam, co, gen)])
a.__doc__ = "changed"; print(a.__doc__); del a.__doc__; print(a.__doc__)
A.__doc__ = "new"; print(A.__doc__, C.__doc__); print(__doc__, property(a, doc="pd").__doc__, type(len.__doc__), type(int.__doc__))
