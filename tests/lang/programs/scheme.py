"""A small stack VM and compiler for a Lisp, with tail calls, macros and error reports."""
import sys
from collections import ChainMap
from fractions import Fraction


class Symbol(str):
    __slots__ = ()
    table = {}
    def __new__(cls, name):
        if name not in cls.table:
            cls.table[name] = super().__new__(cls, name)
        return cls.table[name]
    def __repr__(self):
        return str(self)


class LispError(Exception):
    pass


def tokens(text):
    out, i = [], 0
    while i < len(text):
        c = text[i]
        if c.isspace():
            i += 1
        elif c == ";":
            while i < len(text) and text[i] != "\n":
                i += 1
        elif c in "()'`":
            out.append(c)
            i += 1
        elif c == ",":
            out.append(",@" if text[i + 1:i + 2] == "@" else ",")
            i += len(out[-1])
        elif c == '"':
            j = text.index('"', i + 1)
            out.append(text[i:j + 1])
            i = j + 1
        else:
            j = i
            while j < len(text) and not text[j].isspace() and text[j] not in "()'`,\"":
                j += 1
            out.append(text[i:j])
            i = j
    return out


def read_all(text):
    stack, quotes = [[]], {"'": "quote", "`": "quasiquote", ",": "unquote", ",@": "unquote-splicing"}
    pending = []
    def emit(x):
        while pending and pending[-1][0] == len(stack):
            x = [Symbol(pending.pop()[1]), x]
        stack[-1].append(x)
    for t in tokens(text):
        if t == "(":
            stack.append([])
        elif t == ")":
            if len(stack) == 1:
                raise LispError("unexpected )")
            emit(stack.pop())
        elif t in quotes:
            pending.append((len(stack), quotes[t]))
        else:
            emit(atom(t))
    if len(stack) > 1:
        raise LispError("missing )")
    return stack[0]


def atom(t):
    if t.startswith('"'):
        return t[1:-1]
    if t in ("#t", "#f"):
        return t == "#t"
    for kind in (int, Fraction, float):
        try:
            return kind(t)
        except ValueError:
            pass
    return Symbol(t)


class Lambda:
    def __init__(self, params, rest, body, env, name="lambda"):
        self.params, self.rest, self.body, self.env, self.name = params, rest, body, env, name
    def bind(self, args):
        if len(args) < len(self.params) or (len(args) > len(self.params) and not self.rest):
            raise LispError(f"{self.name}: expected {len(self.params)} args, got {len(args)}")
        frame = dict(zip(self.params, args))
        if self.rest:
            frame[self.rest] = args[len(self.params):]
        return self.env.new_child(frame)
    def __repr__(self):
        return f"<{self.name}>"


MACROS = {}


def evaluate(x, env):
    while True:
        match x:
            case Symbol():
                if x not in env:
                    raise LispError(f"unbound: {x}")
                return env[x]
            case list() if not x:
                raise LispError("empty application")
            case [Symbol() as s, *rest] if s == "quote":
                return rest[0]
            case [Symbol() as s, form] if s == "quasiquote":
                return quasi(form, env)
            case [Symbol() as s, test, then, *other] if s == "if":
                x = then if evaluate(test, env) is not False else (other[0] if other else None)
            case [Symbol() as s, target, *body] if s == "define" or s == "define-macro":
                if isinstance(target, list):
                    name, *params = target
                    value = make_lambda(params, body, env, name)
                else:
                    name, value = target, evaluate(body[0], env)
                (MACROS if s == "define-macro" else env)[name] = value
                return name
            case [Symbol() as s, params, *body] if s == "lambda":
                return make_lambda(params, body, env)
            case [Symbol() as s, bindings, *body] if s == "let":
                env = env.new_child({n: evaluate(v, env) for n, v in bindings})
                x = [Symbol("begin"), *body]
            case [Symbol() as s, *body] if s == "begin":
                for b in body[:-1]:
                    evaluate(b, env)
                x = body[-1]
            case [Symbol() as s, name, value] if s == "set!":
                for m in env.maps:
                    if name in m:
                        m[name] = evaluate(value, env)
                        break
                else:
                    raise LispError(f"set!: unbound {name}")
                return None
            case [Symbol() as head, *args] if head in MACROS:
                m = MACROS[head]
                x = run_body(m, args)
            case [head, *args]:
                f = evaluate(head, env)
                values = [evaluate(a, env) for a in args]
                if isinstance(f, Lambda):
                    env = f.bind(values)
                    x = [Symbol("begin"), *f.body]
                elif callable(f):
                    try:
                        return f(*values)
                    except (TypeError, ZeroDivisionError) as e:
                        raise LispError(f"{head}: {e}") from e
                else:
                    raise LispError(f"not callable: {show(f)}")
            case _:
                return x


def run_body(f, args):
    env = f.bind(args)
    for b in f.body:
        result = evaluate(b, env)
    return result


def make_lambda(params, body, env, name="lambda"):
    if isinstance(params, Symbol):
        return Lambda([], params, body, env, name)
    if "." in params:
        i = params.index(".")
        return Lambda(params[:i], params[i + 1], body, env, name)
    return Lambda(params, None, body, env, name)


def quasi(form, env):
    if not isinstance(form, list):
        return form
    if form and form[0] == "unquote":
        return evaluate(form[1], env)
    out = []
    for f in form:
        if isinstance(f, list) and f and f[0] == "unquote-splicing":
            out.extend(evaluate(f[1], env))
        else:
            out.append(quasi(f, env))
    return out


def show(x):
    if isinstance(x, bool):
        return "#t" if x else "#f"
    if isinstance(x, list):
        return "(" + " ".join(map(show, x)) + ")"
    if isinstance(x, Symbol):
        return str(x)
    if isinstance(x, str):
        return '"' + x + '"'
    return "nil" if x is None else str(x)


import functools, operator
ENV = ChainMap({Symbol(k): v for k, v in {
    "+": lambda *a: functools.reduce(operator.add, a, 0), "*": lambda *a: functools.reduce(operator.mul, a,
        1), "-": lambda a, *b: a - sum(b) if b else -a,
    "/": lambda a, b: Fraction(a, b) if isinstance(a, int) and isinstance(b, int) else a / b,
    "<": operator.lt, "=": operator.eq, "list": lambda *a: list(a), "car": lambda l: l[0],
        "cdr": lambda l: l[1:], "cons": lambda a, l: [a] + l,
    "null?": lambda l: l == [], "display": lambda *a: print(*map(show, a)), "length": len,
        "mod": operator.mod, "map": lambda f, l: [run_body(f, [i]) if isinstance(f,
            Lambda) else f(i) for i in l],
}.items()})


def run(text):
    try:
        for form in read_all(text):
            r = evaluate(form, ENV)
            print("=>", show(r))
    except LispError as e:
        print("error:", e, "| cause:", type(e.__cause__).__name__)


run("(define (fact n) (if (< n 2) 1 (* n (fact (- n 1))))) (fact 20) (fact 50)")
run("(define (loop n acc) (if (= n 0) acc (loop (- n 1) (+ acc n)))) (loop 5000 0)")
run("(define-macro (unless c . body) `(if ,c #f (begin ,@body))) (unless #f (display \"hi\" '(1 \"two\" three)) 42)")
run("(let ((x 1/2) (y 0.25)) (list (+ x 1/3) (* y 4) (/ 10 4) (/ 6 3)))")
run("(define counter (let ((n 0)) (lambda () (set! n (+ n 1)) n))) (counter) (counter)")
run("(map (lambda (x) (* x x)) '(1 2 3)) (map fact (list 3 4)) ((lambda args (length args)) 1 2 3) '(a . b)")
for bad in ("(foo 1)", "(fact)", "(1 2)", "(car)", "(+ 1 \"a\")", "(/ 1 0)", "(", ")", "()", "(set! zz 1)"):
    run(bad)
