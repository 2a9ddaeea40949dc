# The list of methods, and what subclasses get back.
class S(str):
    def upper(self): return "own upper"
    def extra(self): return S(self + "!")
s = S("abc")
s.attr = 5
class C(str):
    def __new__(cls, v, extra): o = super().__new__(cls, v); o.extra = extra; return o
    def __eq__(self, o): return "eq"
    def __hash__(self): return 1
    def __len__(self): return 99
    def __getitem__(self, i): return "item"
    def __contains__(self, x): return True
    def __iter__(self): return iter([1, 2])
    def __add__(self, o): return "added"
    def __str__(self): return "STR"
c = C("abc", 7)
for call in (
    "str(1, 2)",
    "str(b'a', 'b', 'c', 'd')",
    "str(x=1)",
    "'a'.format.__name__",
    "''.join.__self__",
    "str.__mul__('a', 'b')",
    "'abc'.__getitem__('a')",
    "'a'.__rmul__(3)",
    "'%s'.__mod__(1)",
    "'a'.__rmod__('%s')",
    "str.maketrans.__name__",
):
    try: print(call, "=", repr(eval(call)))
    except Exception as e: print(call, "->", type(e).__name__, e)
a = "ident"
b = "iden" + "t"
print(a is b or a == b, "a" is "a" if 0 else "", sys_intern := __import__("sys").intern("x y") is __import__("sys").intern("x" + " y"))
