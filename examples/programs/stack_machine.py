"""A compiler from a tiny language to a stack machine, and the machine.

    stack_machine.py [FILE]      - is standard input, a built-in program without FILE
"""
import sys

PROGRAM = """
n = 27
steps = 0
while n != 1 {
    if n % 2 == 0 { n = n / 2 } else { n = 3 * n + 1 }
    steps = steps + 1
}
print steps

i = 2
count = 0
while count < 15 {
    d = 2
    prime = 1
    while d * d <= i {
        if i % d == 0 { prime = 0 d = i }
        d = d + 1
    }
    if prime { print i count = count + 1 }
    i = i + 1
}

a = 0 b = 1 k = 0
while k < 90 { t = a + b a = b b = t k = k + 1 }
print a
print (1 + 2) * (3 - 4) / 1 - -5
print undefined
"""
OPERATIONS = {
    "+": lambda a, b: a + b, "-": lambda a, b: a - b, "*": lambda a, b: a * b, "/": lambda a, b: a // b,
    "%": lambda a, b: a % b, "==": lambda a, b: int(a == b), "!=": lambda a, b: int(a != b),
    "<": lambda a, b: int(a < b), "<=": lambda a, b: int(a <= b), ">": lambda a, b: int(a > b),
}
LEVELS = [("==", "!=", "<", "<=", ">"), ("+", "-"), ("*", "/", "%")]
KEYWORDS = {"while", "if", "else", "print"}


def tokenize(source):
    i = 0
    while i < len(source):
        char = source[i]
        start = i
        if char.isspace():
            i += 1
            continue
        if char.isalnum():
            while i < len(source) and source[i].isalnum():
                i += 1
        elif source[i:i + 2] in OPERATIONS:
            i += 2
        else:
            i += 1
        yield source[start:i]
    yield ""


class Compiler:
    def __init__(self, source):
        self.tokens = list(tokenize(source))
        self.at = 0
        self.code = []

    @property
    def now(self):
        return self.tokens[self.at]

    def take(self, wanted=None):
        token = self.now
        if wanted is not None and token != wanted:
            raise SyntaxError(f"expected {wanted!r}, found {token!r}")
        self.at += 1
        return token

    def emit(self, name, argument=None):
        self.code.append([name, argument])
        return len(self.code) - 1

    def program(self):
        while self.now:
            self.statement()
        self.emit("halt")
        return self.code

    def block(self):
        self.take("{")
        while self.now != "}":
            self.statement()
        self.take("}")

    def statement(self):
        word = self.take()
        if not word:
            raise SyntaxError("unexpected end")
        if word == "while":
            top = len(self.code)
            self.expression()
            out = self.emit("jump_if_zero")
            self.block()
            self.emit("jump", top)
            self.code[out][1] = len(self.code)
        elif word == "if":
            self.expression()
            out = self.emit("jump_if_zero")
            self.block()
            if self.now == "else":
                self.take()
                end = self.emit("jump")
                self.code[out][1] = len(self.code)
                self.block()
                out = end
            self.code[out][1] = len(self.code)
        elif word == "print":
            self.expression()
            self.emit("print")
        else:
            self.take("=")
            self.expression()
            self.emit("store", word)

    def expression(self, level=0):
        if level == len(LEVELS):
            return self.operand()
        self.expression(level + 1)
        while self.now in LEVELS[level]:
            operation = self.take()
            self.expression(level + 1)
            self.emit("binary", operation)

    def operand(self):
        token = self.take()
        if token.isdigit():
            self.emit("push", int(token))
        elif token.isalnum() and token not in KEYWORDS:
            self.emit("load", token)
        elif token == "-":
            self.operand()
            self.emit("negate")
        elif token == "(":
            self.expression()
            self.take(")")
        else:
            raise SyntaxError(f"unexpected {token!r}")


class Machine:
    def __init__(self, code):
        self.code = code
        self.stack, self.variables = [], {}
        self.executed = 0

    def run(self):
        """Prints as the program does; returns the values printed."""
        printed, stack, at = [], self.stack, 0
        while True:
            name, argument = self.code[at]
            at += 1
            self.executed += 1
            if name == "push":
                stack.append(argument)
            elif name == "load":
                if argument not in self.variables:
                    raise RuntimeError(f"instruction {at - 1}: {argument} has no value")
                stack.append(self.variables[argument])
            elif name == "store":
                self.variables[argument] = stack.pop()
            elif name == "binary":
                right = stack.pop()
                stack[-1] = OPERATIONS[argument](stack[-1], right)
            elif name == "jump_if_zero":
                if not stack.pop():
                    at = argument
            elif name == "jump":
                at = argument
            elif name == "negate":
                stack[-1] = -stack[-1]
            elif name == "print":
                printed.append(stack.pop())
                print(printed[-1])
            else:
                return printed


def main(argv):
    source = PROGRAM if len(argv) < 2 else (sys.stdin if argv[1] == "-" else open(argv[1])).read()
    code = Compiler(source).program()
    for number, (name, argument) in enumerate(code[:14]):
        print(f"{number:>4} {name:<13}{'' if argument is None else argument}")
    print(f"     ... {len(code)} instructions")
    machine = Machine(code)
    try:
        machine.run()
    except (RuntimeError, ZeroDivisionError) as error:
        print("error:", error)
    print(f"{machine.executed} executed, variables: {dict(sorted(machine.variables.items()))}")
    for wrong in ("x 5", "while { }", "print )", "if 1 { print 2"):
        try:
            Compiler(wrong).program()
        except SyntaxError as error:
            print(f"{wrong!r}: {error}")


if __name__ == "__main__":
    main(sys.argv)
