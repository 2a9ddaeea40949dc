# A tokenizer and recursive-descent parser for expressions and JSON-like text.
def lex(s):
    i = 0
    while i < len(s):
        c = s[i]
        if c.isspace(): i += 1; continue
        j = i
        if c.isdigit():
            while j < len(s) and (s[j].isdigit() or s[j] == "."): j += 1
            yield "num", float(s[i:j]) if "." in s[i:j] else int(s[i:j])
        elif c.isalpha():
            while j < len(s) and s[j].isalnum(): j += 1
            yield "id", s[i:j]
        else: j = i + 1; yield "op", c
        i = j
    yield "end", None
class Parser:
    def __init__(self, s): self.t = list(lex(s)); self.i = 0
    @property
    def cur(self): return self.t[self.i]
    def eat(self, v=None):
        k = self.cur
        if v is not None and k[1] != v: raise SyntaxError(f"expected {v!r}, got {k[1]!r}")
        self.i += 1; return k[1]
    def expr(self, p=0):
        l = self.atom()
        while self.cur[1] in (ops := {"+": 1, "-": 1, "*": 2, "/": 2, "^": 3}) and self.cur[0] == "op" and ops[self.cur[1]] > p:
            o = self.eat(); l = (o, l, self.expr(ops[o] - (o == "^")))
        return l
    def atom(self):
        k, v = self.cur
        if v == "(": self.eat(); e = self.expr(); self.eat(")"); return e
        if v == "-": self.eat(); return ("neg", self.expr(2))
        if k == "num": return self.eat()
        if k == "id":
            n = self.eat()
            if self.cur[1] != "(": return ("var", n)
            self.eat(); a = []
            while self.cur[1] != ")":
                a.append(self.expr())
                if self.cur[1] == ",": self.eat()
            self.eat(")"); return ("call", n, a)
        raise SyntaxError(f"unexpected {v!r}")
def ev(t, env):
    if not isinstance(t, tuple): return t
    match t:
        case ("neg", x): return -ev(x, env)
        case ("var", n): return env[n]
        case ("call", n, a): return env[n](*(ev(x, env) for x in a))
        case (o, a, b): a, b = ev(a, env), ev(b, env); return {"+": a + b, "-": a - b, "*": a * b, "/": a / b if b else None, "^": a ** b}[o]
env = {"x": 3, "max": max, "sq": lambda v: v * v}
for s in ("1 + 2 * 3", "(1 + 2) * 3", "2 ^ 3 ^ 2", "-x ^ 2", "max(1, sq(x), 4) / 2", "1 - 2 - 3", "1 / 0", "2 +", "(1", "1 2", "y", "max()", ""):
    try:
        p = Parser(s); t = p.expr(); p.eat(None) if p.cur[0] == "end" else p.eat("end of input"); print(s, "=", ev(t, env), t)
    except (SyntaxError, KeyError, ValueError, TypeError) as e: print(repr(s), type(e).__name__, e)
