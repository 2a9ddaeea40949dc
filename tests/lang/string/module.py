# The string module: constants, Template, Formatter, capwords.
import string
print(string.ascii_letters, string.ascii_lowercase, string.ascii_uppercase, string.digits, string.hexdigits, string.octdigits, string.punctuation, repr(string.whitespace), repr(string.printable), string.capwords("hello  wORLD foo"), string.capwords("a-b-c", "-"))
T = string.Template
print(T("$a ${b} $$ $a").substitute(a=1, b="x"), T("$a").substitute({"a": 1}, a=2), T("$a $b").safe_substitute(a=1), T("${a}b $").safe_substitute(a=1), T("$x").template, T("$a ${b}").get_identifiers(), T("$a $").is_valid(), T("$a").is_valid())
for t, k in (("$a", {}), ("$", {}), ("$1", {}), ("${a", {}), ("a\n $ b", {}), ("${}", {})):
    try: print(T(t).substitute(k))
    except (KeyError, ValueError) as e: print(repr(t), "->", type(e).__name__, e)
class Pct(string.Template): delimiter = "%"
print(Pct("%a $a").substitute(a=5))
f = string.Formatter(); print(f.format("{0} {a!r:>5} {1[0]}", 1, [2], a="x"), f.vformat("{} {}", ("a", "b"), {}), list(f.parse("a{b!r:c}d{{e}}{f}")), f.check_unused_args([], (), {}))
class My(string.Formatter):
    def get_value(self, k, a, kw): return kw.get(k, f"<{k}>") if isinstance(k, str) else a[k]
    def convert_field(self, v, c): return v.upper() if c == "u" else super().convert_field(v, c)
    def format_field(self, v, s): return f"[{v}|{s}]"
print(My().format("{x} {y:spec} {0!u}", "pos", y=1))
try: f.format("{} {0}", 1)
except ValueError as e: print(e)
try: f.format("{}")
except IndexError as e: print(e)
