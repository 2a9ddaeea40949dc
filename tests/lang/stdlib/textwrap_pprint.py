# textwrap, pprint, reprlib, shlex.
import textwrap, pprint, reprlib, shlex
s = "The quick brown fox jumps over the lazy dog and runs away."
print(textwrap.wrap(s, 20), textwrap.fill(s, 25, initial_indent="* ", subsequent_indent="  "), textwrap.dedent("  a\n    b\n  c"), textwrap.indent("a\nb\n\nc", "> "), textwrap.shorten(s, 30), textwrap.wrap("", 10), textwrap.wrap("abcdefghij", 4), textwrap.wrap("a-b-c-d", 3), sep="\n")
pprint.pprint({"b": list(range(30)), "a": {"x": "y" * 50, "z": ["w" * 40] * 2}}); pprint.pprint([1, 2]); print(pprint.pformat({"k": {1, 2}}, width=10)); pprint.pprint({"deep": {"er": {"est": [1]}}}, depth=2); l = [1]; l.append(l); pprint.pprint(l) if 0 else print(pprint.isrecursive(l), pprint.isreadable([1]))
print(reprlib.repr(list(range(100))), reprlib.repr("x" * 100), reprlib.repr({i: i for i in range(10)}), shlex.split("a 'b c' \"d e\" f\\ g"), shlex.quote("it's"), shlex.join(["a", "b c"]))
class R:
    def __init__(self): self.l = [self]
    @reprlib.recursive_repr()
    def __repr__(self): return f"R({self.l})"
print(R())
