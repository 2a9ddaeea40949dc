"""A small Lisp with closures, tail calls, macros and errors.

    lisp.py [-e EXPRESSION | FILE]      a built-in program without arguments; - is standard input
"""
import operator
import sys
from functools import reduce

PROGRAM = """
(define (fact n) (if (< n 2) 1 (* n (fact (- n 1)))))
(fact 20)
(fact 50)
(define (map f xs) (if (null? xs) '() (cons (f (car xs)) (map f (cdr xs)))))
(define (range a b) (if (>= a b) '() (cons a (range (+ a 1) b))))
(define (fold f acc xs) (if (null? xs) acc (fold f (f acc (car xs)) (cdr xs))))
(define (filter p xs) (fold (lambda (acc x) (if (p x) (append acc (list x)) acc)) '() xs))
(map (lambda (x) (* x x)) (range 0 10))
(fold + 0 (range 0 101))
(filter (lambda (x) (= 0 (remainder x 3))) (range 1 20))
(define (make-counter) (let ((n 0)) (lambda () (set! n (+ n 1)) n)))
(define c1 (make-counter))
(define c2 (make-counter))
(list (c1) (c1) (c2) (c1))
(define (loop n acc) (if (= n 0) acc (loop (- n 1) (+ acc n))))
(loop 20000 0)
(define-macro (unless test . body) (list 'if test #f (cons 'begin body)))
(unless (> 1 2) (display "one is not greater") 'done)
(define-macro (swap! a b) `(let ((tmp ,a)) (set! ,a ,b) (set! ,b tmp)))
(define p 1) (define q "two")
(swap! p q)
(list p q)
(define (quicksort xs)
  (if (null? xs) '()
    (let ((h (car xs)) (t (cdr xs)))
      (append (quicksort (filter (lambda (x) (< x h)) t)) (list h) (quicksort (filter (lambda (x) (>= x h)) t))))))
(quicksort '(3 1 4 1 5 9 2 6 5 3 5 8 9 7 9))
(define (primes n)
  (define (sieve xs) (if (null? xs) '() (cons (car xs) (sieve (filter (lambda (x) (not (= 0 (remainder x (car xs))))) (cdr xs))))))
  (sieve (range 2 n)))
(primes 60)
(let ((x 1.5) (y '(a . "b"))) (list x y (cond ((> x 2) 'big) ((> x 1) 'middle) (else 'small))))
`(1 ,(+ 1 1) ,@(list 3 4))
(and 1 2 (or #f 3) 4)
(car '())
(undefined 1)
(fact)
(+ 1 "a")
(let ((f (lambda (x y) x))) (f 1))
)
(display
"""


class Symbol(str):
    pass


class LispError(Exception):
    pass


def read_tokens(text):
    text = text.replace("\n", " \n ")
    i = 0
    while i < len(text):
        char = text[i]
        if char.isspace():
            i += 1
        elif char == ";":
            i = text.find("\n", i) % (len(text) + 1)
        elif char in "()'`":
            yield char
            i += 1
        elif char == ",":
            width = 2 if text.startswith(",@", i) else 1
            yield text[i:i + width]
            i += width
        elif char == '"':
            end = text.index('"', i + 1)
            yield text[i:end + 1]
            i = end + 1
        else:
            start = i
            while i < len(text) and not text[i].isspace() and text[i] not in "()'`,\"":
                i += 1
            yield text[start:i]


QUOTES = {"'": "quote", "`": "quasiquote", ",": "unquote", ",@": "unquote-splicing"}


def read(tokens, token=None):
    token = next(tokens, None) if token is None else token
    if token is None:
        raise LispError("unexpected end of the program")
    if token == "(":
        items = []
        for inner in tokens:
            if inner == ")":
                return items
            items.append(read(tokens, inner))
        raise LispError("missing )")
    if token == ")":
        raise LispError("unexpected )")
    if token in QUOTES:
        return [Symbol(QUOTES[token]), read(tokens)]
    return atom(token)


def atom(token):
    if token.startswith('"'):
        return token[1:-1]
    if token in ("#t", "#f"):
        return token == "#t"
    for kind in (int, float):
        try:
            return kind(token)
        except ValueError:
            pass
    return Symbol(token)


def show(value):
    if isinstance(value, bool):
        return "#t" if value else "#f"
    if isinstance(value, list):
        return "(" + " ".join(map(show, value)) + ")"
    if isinstance(value, str) and not isinstance(value, Symbol):
        return f'"{value}"'
    if isinstance(value, Lambda):
        return f"#<procedure {value.name}>"
    return "" if value is None else str(value)


class Env(dict):
    def __init__(self, names=(), values=(), outer=None):
        super().__init__(zip(names, values))
        self.outer = outer

    def find(self, name):
        env = self
        while env is not None:
            if name in env:
                return env
            env = env.outer
        raise LispError(f"unbound variable: {name}")


class Lambda:
    def __init__(self, parameters, body, env, name="lambda"):
        self.env, self.name = env, name
        self.body = body[0] if len(body) == 1 else [Symbol("begin"), *body]
        if "." in parameters:
            dot = parameters.index(".")
            self.fixed, self.rest = parameters[:dot], parameters[dot + 1]
        else:
            self.fixed, self.rest = parameters, None

    def bind(self, args):
        if len(args) < len(self.fixed) or self.rest is None and len(args) > len(self.fixed):
            raise LispError(f"{self.name} takes {len(self.fixed)} arguments, got {len(args)}")
        env = Env(self.fixed, args, self.env)
        if self.rest is not None:
            env[self.rest] = list(args[len(self.fixed):])
        return env

    def __call__(self, *args):
        return evaluate(self.body, self.bind(args))


def first(xs):
    if not isinstance(xs, list) or not xs:
        raise LispError(f"not a pair: {show(xs)}")
    return xs[0]


def chain(compare):
    return lambda *xs: all(compare(a, b) for a, b in zip(xs, xs[1:]))


def builtins():
    env = Env()
    env.update({
        "+": lambda *xs: reduce(operator.add, xs, 0), "*": lambda *xs: reduce(operator.mul, xs, 1),
        "-": lambda x, *ys: reduce(operator.sub, ys, x) if ys else -x, "/": operator.truediv,
        "remainder": operator.mod, "=": chain(operator.eq), "<": chain(operator.lt), ">": chain(operator.gt),
        ">=": chain(operator.ge), "<=": chain(operator.le), "not": lambda x: x is False,
        "cons": lambda x, xs: [x, *xs], "car": first, "cdr": lambda xs: (first(xs), xs[1:])[1],
        "list": lambda *xs: list(xs), "append": lambda *xss: sum(xss, []), "null?": lambda xs: xs == [],
        "length": len, "display": lambda x: print(x if isinstance(x, str) else show(x)),
    })
    return env


def quasi(form, env):
    if not isinstance(form, list) or not form:
        return form
    if form[0] == "unquote":
        return evaluate(form[1], env)
    out = []
    for item in form:
        if isinstance(item, list) and item and item[0] == "unquote-splicing":
            out.extend(evaluate(item[1], env))
        else:
            out.append(quasi(item, env))
    return out


MACROS = {}


def evaluate(form, env):
    """Loops instead of recursing where the value of a subform is the value of the whole."""
    while True:
        if isinstance(form, Symbol):
            return env.find(form)[form]
        if not isinstance(form, list):
            return form
        if not form:
            raise LispError("an empty call")
        head = form[0]
        if isinstance(head, Symbol):
            if head == "quote":
                return form[1]
            if head == "quasiquote":
                return quasi(form[1], env)
            if head == "if":
                chosen = form[2:3] if evaluate(form[1], env) is not False else form[3:4]
                form = chosen[0] if chosen else None
                continue
            if head in ("define", "define-macro"):
                target, *body = form[1:]
                if isinstance(target, list):
                    value = Lambda(target[1:], body, env, target[0])
                    target = target[0]
                else:
                    value = evaluate(body[0], env)
                (MACROS if head == "define-macro" else env)[target] = value
                return None
            if head == "set!":
                env.find(form[1])[form[1]] = evaluate(form[2], env)
                return None
            if head == "lambda":
                return Lambda(form[1], form[2:], env)
            if head == "let":
                names = [name for name, _ in form[1]]
                env = Env(names, [evaluate(value, env) for _, value in form[1]], env)
                form = [Symbol("begin"), *form[2:]]
                continue
            if head == "begin":
                for item in form[1:-1]:
                    evaluate(item, env)
                form = form[-1]
                continue
            if head == "cond":
                form = next(([Symbol("begin"), *body] for test, *body in form[1:]
                             if test == "else" or evaluate(test, env) is not False), None)
                continue
            if head in ("and", "or"):
                value = head == "and"
                for item in form[1:]:
                    value = evaluate(item, env)
                    if (value is False) == (head == "and"):
                        break
                return value
            if head in MACROS:
                form = MACROS[head](*form[1:])
                continue
        procedure, *args = [evaluate(item, env) for item in form]
        if isinstance(procedure, Lambda):
            form, env = procedure.body, procedure.bind(args)
            continue
        if not callable(procedure):
            raise LispError(f"not a procedure: {show(procedure)}")
        try:
            return procedure(*args)
        except TypeError as error:
            raise LispError(f"bad arguments for {show(head)}: {' '.join(map(show, args))}") from error


def run(text):
    env = builtins()
    tokens = read_tokens(text)
    while (token := next(tokens, None)) is not None:
        try:
            value = evaluate(read(tokens, token), env)
            if value is not None:
                print(show(value))
        except LispError as error:
            print("error:", error)


def main(argv):
    if len(argv) > 2 and argv[1] == "-e":
        run(argv[2])
    elif len(argv) > 1:
        run((sys.stdin if argv[1] == "-" else open(argv[1])).read())
    else:
        run(PROGRAM)


if __name__ == "__main__":
    main(sys.argv)
