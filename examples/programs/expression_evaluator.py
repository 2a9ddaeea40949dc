"""Evaluate arithmetic: tokenizer, precedence-climbing parser, tree walk, simplifier, derivative.

    expression_evaluator.py [EXPRESSION...]       assignments are kept: "x = 3" "x ^ 2 + 1"
"""
import math
import operator
import sys

SAMPLE = ["1 + 2 * 3", "(1 + 2) * 3", "2 ^ 3 ^ 2", "-2 ^ 2", "x = 3", "y = x * x - 1", "x * y / 2", "10 % 4 - 7 // 2",
          "sqrt(16) + max(1, x, y)", "sin(0) + cos(pi) * e", "z + 1", "1 / 0", "2 +", "(1", "3 $ 4", "max()", "1 2",
          "f(1)", "0x = 5", "((((7))))", "1.5e2 + .5", "-(-(3)) ^ 2"]
BINARY = {"+": (1, operator.add), "-": (1, operator.sub), "*": (2, operator.mul), "/": (2, operator.truediv),
          "//": (2, operator.floordiv), "%": (2, operator.mod), "^": (4, operator.pow)}
UNARY_LEVEL = 3
FUNCTIONS = {"sqrt": math.sqrt, "sin": math.sin, "cos": math.cos, "max": max, "min": min, "abs": abs}


class ExpressionError(Exception):
    pass


def tokens(text):
    """(kind, value) pairs, ending with ('end', '')."""
    i = 0
    while i < len(text):
        char = text[i]
        start = i
        if char.isspace():
            i += 1
        elif char.isdigit() or char == ".":
            while i < len(text) and (text[i].isdigit() or text[i] in ".e" or text[i] in "+-" and text[i - 1] == "e"):
                i += 1
            literal = text[start:i]
            yield "number", float(literal) if "." in literal or "e" in literal else int(literal)
        elif char.isalpha():
            while i < len(text) and text[i].isalnum():
                i += 1
            yield "name", text[start:i]
        else:
            i += 2 if text.startswith("//", i) else 1
            if text[start:i] not in BINARY and char not in "(),=":
                raise ExpressionError(f"unknown character {char!r} at {start}")
            yield "operator", text[start:i]
    yield "end", ""


class Number:
    def __init__(self, value):
        self.value = value

    def evaluate(self, names):
        return self.value

    def __str__(self):
        return str(self.value)


class Name:
    def __init__(self, name):
        self.name = name

    def evaluate(self, names):
        try:
            return names[self.name]
        except KeyError:
            raise ExpressionError(f"unknown name {self.name!r}") from None

    def __str__(self):
        return self.name


class Negative:
    def __init__(self, operand):
        self.operand = operand

    def evaluate(self, names):
        return -self.operand.evaluate(names)

    def __str__(self):
        return f"(- {self.operand})"


class Binary:
    def __init__(self, symbol, left, right):
        self.symbol, self.left, self.right = symbol, left, right

    def evaluate(self, names):
        return BINARY[self.symbol][1](self.left.evaluate(names), self.right.evaluate(names))

    def __str__(self):
        return f"({self.symbol} {self.left} {self.right})"


class Call:
    def __init__(self, function, arguments):
        self.function, self.arguments = function, arguments

    def evaluate(self, names):
        if self.function not in FUNCTIONS:
            raise ExpressionError(f"unknown function {self.function!r}")
        try:
            return FUNCTIONS[self.function](*[a.evaluate(names) for a in self.arguments])
        except TypeError:
            raise ExpressionError(f"wrong arguments for {self.function}") from None

    def __str__(self):
        return f"({' '.join([self.function, *map(str, self.arguments)])})"


class Parser:
    def __init__(self, text):
        self.tokens = tokens(text)
        self.kind, self.value = next(self.tokens)

    def advance(self):
        taken = self.value
        self.kind, self.value = next(self.tokens)
        return taken

    def take(self, wanted):
        if self.value != wanted or self.kind != "operator":
            raise ExpressionError(f"expected {wanted!r}, found {self.value or 'the end'!r}")
        self.advance()

    def whole(self):
        tree = self.expression(0)
        if self.kind != "end":
            raise ExpressionError(f"unexpected {self.value!r}")
        return tree

    def expression(self, level):
        left = self.operand()
        while self.kind == "operator" and self.value in BINARY and BINARY[self.value][0] > level:
            symbol = self.advance()
            own = BINARY[symbol][0]
            left = Binary(symbol, left, self.expression(own - 1 if symbol == "^" else own))
        return left

    def operand(self):
        if self.kind == "number":
            return Number(self.advance())
        if self.kind == "name":
            name = self.advance()
            return Call(name, self.arguments()) if self.value == "(" else Name(name)
        if self.value == "-":
            self.advance()
            return Negative(self.expression(UNARY_LEVEL))
        self.take("(")
        inner = self.expression(0)
        self.take(")")
        return inner

    def arguments(self):
        self.take("(")
        found = []
        while self.value != ")":
            found.append(self.expression(0))
            if self.value != ")":
                self.take(",")
        self.advance()
        return found


def execute(line, names):
    target, equals, rest = line.partition("=")
    if not equals:
        tree = Parser(line).whole()
        return tree, tree.evaluate(names)
    if not target.strip().isidentifier():
        raise ExpressionError(f"cannot assign to {target.strip()!r}")
    tree = Parser(rest).whole()
    names[target.strip()] = tree.evaluate(names)
    return tree, names[target.strip()]


def main(argv):
    names = {"pi": math.pi, "e": math.e}
    failed = 0
    for line in argv[1:] or SAMPLE:
        try:
            tree, value = execute(line, names)
            print(f"{line:<26} {value!s:<20} {tree}")
        except ExpressionError as error:
            failed += 1
            print(f"{line:<26} error: {error}")
        except ArithmeticError as error:
            failed += 1
            print(f"{line:<26} {type(error).__name__}: {error}")
    print(f"{failed} failed; names: {sorted(set(names) - {'pi', 'e'})}")


if __name__ == "__main__":
    main(sys.argv)
