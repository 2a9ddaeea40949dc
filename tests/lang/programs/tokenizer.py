"""A regex tokenizer, a Pratt parser and an evaluator with error positions."""
import re
import math
import operator
from typing import NamedTuple
from functools import singledispatch, reduce


class Token(NamedTuple):
    kind: str
    text: str
    line: int
    column: int


SPEC = [
    ("NUMBER", r"\d+(?:\.\d*)?(?:[eE][+-]?\d+)?"),
    ("NAME", r"[A-Za-z_]\w*"),
    ("STRING", r'"(?:[^"\\]|\\.)*"'),
    ("OP", r"\*\*|//|<=|>=|==|!=|[-+*/%()<>=,!?:\[\]]"),
    ("NEWLINE", r"\n"),
    ("SKIP", r"[ \t]+|#[^\n]*"),
    ("BAD", r"."),
]
MASTER = re.compile("|".join(f"(?P<{n}>{p})" for n, p in SPEC))


class ParseError(Exception):
    def __init__(self, message, token=None):
        super().__init__(message)
        self.token = token

    def __str__(self):
        where = f" at {self.token.line}:{self.token.column}" if self.token else ""
        return super().__str__() + where


def tokenize(source):
    line, start = 1, 0
    for m in MASTER.finditer(source):
        kind, text = m.lastgroup, m.group()
        if kind == "SKIP":
            continue
        tok = Token(kind, text, line, m.start() - start + 1)
        if kind == "BAD":
            raise ParseError(f"unexpected {text!r}", tok)
        if kind == "NEWLINE":
            line, start = line + 1, m.end()
        yield tok
    yield Token("END", "", line, len(source) - start + 1)


BINARY = {"+": (10, operator.add), "-": (10, operator.sub), "*": (20, operator.mul), "/": (20,
    operator.truediv),
          "//": (20, operator.floordiv), "%": (20, operator.mod), "<": (5, operator.lt), ">": (5,
              operator.gt),
          "<=": (5, operator.le), ">=": (5, operator.ge), "==": (5, operator.eq), "!=": (5, operator.ne)}


class Num:
    def __init__(self, v): self.v = v
class Str(Num): pass
class Var:
    def __init__(self, n): self.n = n
class Bin:
    def __init__(self, op, a, b): self.op, self.a, self.b = op, a, b
class Un:
    def __init__(self, op, a): self.op, self.a = op, a
class Call:
    def __init__(self, f, args): self.f, self.args = f, args
class Cond:
    def __init__(self, c, a, b): self.c, self.a, self.b = c, a, b
class Assign:
    def __init__(self, n, e): self.n, self.e = n, e
class ListLit:
    def __init__(self, items): self.items = items


class Parser:
    def __init__(self, source):
        self.tokens = list(tokenize(source))
        self.i = 0

    @property
    def tok(self): return self.tokens[self.i]

    def take(self, text=None):
        t = self.tok
        if text is not None and t.text != text:
            raise ParseError(f"expected {text!r}, got {t.text or t.kind!r}", t)
        self.i += 1
        return t

    def program(self):
        out = []
        while self.tok.kind != "END":
            if self.tok.kind == "NEWLINE":
                self.take()
                continue
            out.append(self.statement())
        return out

    def statement(self):
        if self.tok.kind == "NAME" and self.tokens[self.i + 1].text == "=":
            name = self.take().text
            self.take("=")
            return Assign(name, self.expr())
        return self.expr()

    def expr(self, level=0):
        left = self.unary()
        while True:
            op = self.tok.text
            if op == "**":
                self.take()
                left = Bin("**", left, self.expr(29))
            elif op in BINARY and BINARY[op][0] > level:
                self.take()
                left = Bin(op, left, self.expr(BINARY[op][0]))
            elif op == "?" and level < 2:
                self.take()
                a = self.expr()
                self.take(":")
                left = Cond(left, a, self.expr(1))
            else:
                return left

    def unary(self):
        if self.tok.text in ("-", "!"):
            return Un(self.take().text, self.expr(25))
        return self.atom()

    def atom(self):
        t = self.take()
        match t:
            case Token("NUMBER", text):
                return Num(float(text) if any(c in text for c in ".eE") else int(text))
            case Token("STRING", text):
                return Str(re.sub(r"\\(.)", lambda m: {"n": "\n", "t": "\t"}.get(m[1], m[1]), text[1:-1]))
            case Token(text="("):
                e = self.expr()
                self.take(")")
                return e
            case Token(text="["):
                return ListLit(self.items("]"))
            case Token("NAME", name) if self.tok.text == "(":
                self.take()
                return Call(name, self.items(")"))
            case Token("NAME", name):
                return Var(name)
            case _:
                raise ParseError(f"unexpected {t.kind}", t)

    def items(self, close):
        out = []
        while self.tok.text != close:
            out.append(self.expr())
            if self.tok.text != close:
                self.take(",")
        self.take(close)
        return out


FUNCS = {"sqrt": math.sqrt, "max": max, "min": min, "sum": lambda *a: sum(a), "len": len, "abs": abs,
    "upper": str.upper}


@singledispatch
def ev(node, env): raise TypeError(f"cannot evaluate {type(node).__name__}")
@ev.register
def _(node: Num, env): return node.v
@ev.register
def _(node: Var, env):
    try:
        return env[node.n]
    except KeyError:
        raise NameError(f"undefined: {node.n}") from None
@ev.register(Bin)
def _(node, env):
    a, b = ev(node.a, env), ev(node.b, env)
    return a ** b if node.op == "**" else BINARY[node.op][1](a, b)
@ev.register(Un)
def _(node, env): return -ev(node.a, env) if node.op == "-" else not ev(node.a, env)
@ev.register(Call)
def _(node, env): return FUNCS[node.f](*[ev(a, env) for a in node.args])
@ev.register(Cond)
def _(node, env): return ev(node.a if ev(node.c, env) else node.b, env)
@ev.register(Assign)
def _(node, env):
    env[node.n] = ev(node.e, env)
    return env[node.n]
@ev.register(ListLit)
def _(node, env): return [ev(i, env) for i in node.items]


def run(source):
    env = {"pi": math.pi}
    try:
        for node in Parser(source).program():
            print(repr(ev(node, env)))
    except ParseError as e:
        print("parse error:", e, e.token)
    except (NameError, TypeError, ZeroDivisionError, KeyError, ValueError) as e:
        print(type(e).__name__, e)


run('1 + 2 * 3\n(1 + 2) * 3\n2 ** 3 ** 2\n-2 ** 2\n'
    'x = 5 # note\nx > 3 ? "big\\n" : "small"\n'
    'max(x, 7, 2) % 4\n[1, x, "a"]\n10 // 3 - 10 % 3\nsqrt(2)\n1e3 + .5')
run("1 +\n* 2")
run("y * 2")
run("1 / 0")
run("f(1)")
run('"a" + 1')
run("a = (1, 2")
run("1 $ 2")
run("sqrt(-1)")
run('upper("héllo") + "ß"')
