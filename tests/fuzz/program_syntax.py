"""Parts of random programs: source texts with a few wrong tokens, compiled to see the error that comes of them."""
import re

PRELUDE = '''\
def syntax(text, mode="exec"):
    import warnings
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        try: compile(text, "<text>", mode); end = "ok"
        except SyntaxError as e: end = (type(e).__name__, e.msg, e.lineno, e.offset, e.end_lineno, e.end_offset, e.text)
        except (ValueError, OverflowError, RecursionError) as e: end = failed(e)
    print(end, *[(str(w.message), w.lineno) for w in seen])
'''

TOKEN = re.compile(r"""(?P<space>[ \t]+)|(?P<line>\n)|(?P<string>[A-Za-z]{0,2}(?:'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"))|(?P<name>\w+)|(?P<operator>\*\*=?|//=?|<<=?|>>=?|[-+*/%&|^@=<>!:]=|->|\.\.\.|[^\w\s])""")
WORDS = """if else elif for in while def class return yield from import as with try except finally raise lambda pass break continue not and or is None True False async await
global nonlocal del assert match case print x y self _ 1 0 1.5 1_0 0x1f 08 1__0 'a' b'b' f'{x}' ( ) [ ] { } , : ; . = == != += := -> * ** / // % @ < > ~ & | ^ ... ! $ ?""".split()
LATER_GRAMMAR = re.compile(r"\b(?:def|class)\s+\w+\s*\[|^\s*type\s+\w+|[fF][rRbB]?['\"]", re.M)  # 3.12's, which Atoll reads too


class SyntaxParts:
    """Mixed into the Generator, whose statements are what is spoilt."""

    def spoilt(self, text):
        tokens = [match[0] for match in TOKEN.finditer(text)]
        for _ in range(self.pick([1, 1, 1, 2, 3])):
            at = self.r.randrange(len(tokens))
            action = self.r.randrange(6)
            if action == 0:
                del tokens[at]
            elif action == 1:
                tokens.insert(at, self.pick(WORDS) + self.pick(["", " "]))
            elif action == 2:
                tokens[at] = self.pick(WORDS)
            elif action == 3:
                tokens.insert(at, tokens[self.r.randrange(len(tokens))])
            elif action == 4:
                other = self.r.randrange(len(tokens))
                tokens[at], tokens[other] = tokens[other], tokens[at]
            else:
                tokens.insert(at, self.pick([" ", "\n", "\t", "\\\n", "#", "\n    "]))
            tokens = tokens or ["x"]
        return "".join(tokens)

    def st_syntax(self):
        parts = [getattr(self, name) for name in ("st_class", "st_function", "st_match", "st_flow", "st_order", "st_with", "st_exceptions", "st_group", "st_coroutine", "st_loop", "st_decorator", "st_text")]
        lines = []
        for _ in range(self.r.randint(2, 4)):
            names, classes = dict(self.names), list(self.classes)
            text = "\n".join(self.pick(parts)()) if self.chance(0.7) else self.any(3)
            self.names, self.classes = names, classes
            pieces = text.split("\n")
            first = self.r.randrange(len(pieces))
            if self.chance(0.5) and not pieces[first].startswith(" "):
                text = "\n".join(pieces[first:first + self.r.randint(1, 12)])
            spoilt = self.spoilt(text)
            if not LATER_GRAMMAR.search(spoilt):
                lines.append(f"syntax({spoilt!r}, {self.pick(['exec', 'exec', 'exec', 'eval', 'single'])!r})")
        return lines
