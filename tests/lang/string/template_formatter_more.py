# Template and Formatter subclasses.
from string import *
t = Template("$who likes ${what}, $$5 and $who"); print(t.substitute(who="Bob", what="tea"), t.safe_substitute(who="Al"), t.get_identifiers(), t.is_valid())
class Curly(Template):
    delimiter = "%"; idpattern = "[a-z]+"
print(Curly("%a and %{b}c %% %A").safe_substitute(a=1, b=2, A=3), Template("$_x $x1 $é").safe_substitute(_x=1, x1=2), Template("").substitute(), Template("$a$b").substitute({"a": 1}, b=2), Template("cost: $$${p}").substitute(p=5))
for s in ("$", "$ x", "${", "${a", "$1", "${1}", "a$", "${a b}"):
    try: print(Template(s).substitute(a=1))
    except (ValueError, KeyError) as e: print(repr(s), type(e).__name__, e)
class F(Formatter):
    def get_field(self, name, args, kw): return (name[::-1], name) if name.startswith("rev") else super().get_field(name, args, kw)
    def format_field(self, v, spec): return v.upper() if spec == "up" else super().format_field(v, spec)
    def convert_field(self, v, c): return f"<{v}>" if c == "b" else super().convert_field(v, c)
    def check_unused_args(self, used, args, kw): print("unused", sorted(set(kw) - used, key=str))
print(F().format("{revert} {0:up} {k!b:>6} {0!r}", "abc", k=1, z=2)); print(list(Formatter().parse("a{0!r:>{w}}b{{c}}{d.e[0]}")), Formatter().vformat("{0}{a}", ["x"], {"a": "y"}), Formatter().format("{} {}", 1, 2), capwords(" a  b c "), capwords("x,y", ","), digits + hexdigits[10:16] + octdigits[:2], len(punctuation), len(printable), len(whitespace), ascii_letters == ascii_lowercase + ascii_uppercase)
