# The list of methods, and what subclasses get back.
print(sorted(m for m in dir(str) if not m.startswith("_")))
class S(str):
    def upper(self): return "own upper"
    def extra(self): return S(self + "!")
s = S("abc")
print(type(s), type(s + "d"), type(s * 2), type(s[0]), type(s[:]), type(s.lower()), type(s.strip()), type(s.replace("z", "y")), type("".join([s])), type(s.format()), type(s.extra()), type(str(s)), s.upper(), "{}".format(s), s == "abc", hash(s) == hash("abc"), {s: 1}["abc"], s in ["abc"], isinstance(s, str), s.__class__.__name__)
s.attr = 5
print(s.attr, vars(s))
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
print(c, len(c), c[0], "zzz" in c, list(c), c + 1, c == 5, c.extra, hash(c), c.upper(), str.__len__(c), f"{c}", f"{c!s}", f"{c:>5}", "%s" % c, "".join([c, "x"]), c.__str__(), str.__str__(c))
for call in (
    "str.upper(5)",
    "str.upper()",
    "'a'.upper(1)",
    "'a'.nope",
    "str.nope",
    "'a'.__class__('b')",
    "str.join(',', 'ab')",
    "str.__add__('a', 'b')",
    "str.__add__('a', 1)",
    "str.__add__(1, 'a')",
    "'a'.__add__()",
    "str('a', 'b')",
):
    try: print(call, "=", repr(eval(call)))
    except Exception as e: print(call, "->", type(e).__name__, e)
