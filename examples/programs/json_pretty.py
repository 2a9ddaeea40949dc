"""A JSON parser and pretty-printer written from scratch.

    json_pretty.py [--compact | --sort] [FILE]     (a built-in sample without FILE; - is standard input)
"""
import sys

SAMPLE = r'''
{"name": "Atoll", "tags": ["islands", "rings", "caf\u00e9", "\ud83c\udf34"], "depth": {"min": -0.5, "max": 1.25e3},
 "empty": [{}, [], ""], "flags": [true, false, null], "escapes": "tab\t quote\" slash\/ back\\ nl\n",
 "matrix": [[1, 0, 0], [0, 1, 0], [0, 0, 1]], "big": 123456789012345678901234567890}
'''


class JsonError(ValueError):
    """Bad text, with the line and column where it was noticed."""

    def __init__(self, message, text, position):
        line = text.count("\n", 0, position) + 1
        column = position - text.rfind("\n", 0, position)
        super().__init__(f"line {line} column {column}: {message}")


class Parser:
    ESCAPES = {'"': '"', "\\": "\\", "/": "/", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
    WORDS = {"true": True, "false": False, "null": None}

    def __init__(self, text):
        self.text = text
        self.at = 0

    def fail(self, message):
        raise JsonError(message, self.text, self.at)

    def peek(self):
        while self.at < len(self.text) and self.text[self.at] in " \t\r\n":
            self.at += 1
        return self.text[self.at] if self.at < len(self.text) else ""

    def expect(self, char):
        if self.peek() != char:
            self.fail(f"expected {char!r}, found {self.peek()!r}")
        self.at += 1

    def document(self):
        value = self.value()
        if self.peek():
            self.fail("text after the value")
        return value

    def value(self):
        char = self.peek()
        if char == "{":
            return self.object()
        if char == "[":
            return self.array()
        if char == '"':
            return self.string()
        if char == "-" or char.isdigit():
            return self.number()
        for word, value in self.WORDS.items():
            if self.text.startswith(word, self.at):
                self.at += len(word)
                return value
        self.fail(f"unexpected {char!r}" if char else "unexpected end")

    def object(self):
        self.expect("{")
        members = {}
        if self.peek() == "}":
            self.at += 1
            return members
        while True:
            if self.peek() != '"':
                self.fail("a key must be a string")
            key = self.string()
            self.expect(":")
            members[key] = self.value()
            if self.peek() != ",":
                self.expect("}")
                return members
            self.at += 1

    def array(self):
        self.expect("[")
        items = []
        if self.peek() == "]":
            self.at += 1
            return items
        while True:
            items.append(self.value())
            if self.peek() != ",":
                self.expect("]")
                return items
            self.at += 1

    def hex4(self):
        digits = self.text[self.at:self.at + 4]
        try:
            code = int(digits, 16)
        except ValueError:
            self.fail(f"bad escape \\u{digits}")
        self.at += 4
        return code

    def string(self):
        self.expect('"')
        pieces = []
        while True:
            start = self.at
            while self.at < len(self.text) and self.text[self.at] not in '"\\':
                self.at += 1
            pieces.append(self.text[start:self.at])
            if self.at >= len(self.text):
                self.fail("unterminated string")
            char = self.text[self.at]
            self.at += 1
            if char == '"':
                return "".join(pieces)
            pieces.append(self.escape())

    def escape(self):
        char = self.text[self.at:self.at + 1]
        self.at += 1
        if char == "u":
            code = self.hex4()
            if 0xD800 <= code < 0xDC00 and self.text.startswith("\\u", self.at):
                self.at += 2
                code = 0x10000 + ((code - 0xD800) << 10) + (self.hex4() - 0xDC00)
            return chr(code)
        if char not in self.ESCAPES:
            self.fail(f"bad escape \\{char}")
        return self.ESCAPES[char]

    def number(self):
        start = self.at
        while self.at < len(self.text) and self.text[self.at] in "+-0123456789.eE":
            self.at += 1
        literal = self.text[start:self.at]
        try:
            return int(literal)
        except ValueError:
            pass
        try:
            return float(literal)
        except ValueError:
            self.at = start
            self.fail(f"bad number {literal!r}")


def quote(text):
    out = []
    for char in text:
        if char in '"\\':
            out.append("\\" + char)
        elif char < " ":
            out.append({"\n": "\\n", "\t": "\\t", "\r": "\\r"}.get(char, f"\\u{ord(char):04x}"))
        else:
            out.append(char)
    return '"' + "".join(out) + '"'


def render(value, indent, sort, level=0):
    """The text of a value; `indent` None puts it on one line."""
    newline = "" if indent is None else "\n" + " " * indent * (level + 1)
    closing = "" if indent is None else "\n" + " " * indent * level
    comma = "," if indent is not None else ", "
    if isinstance(value, dict):
        if not value:
            return "{}"
        items = sorted(value.items()) if sort else value.items()
        body = comma.join(f"{newline}{quote(k)}: {render(v, indent, sort, level + 1)}" for k, v in items)
        return "{" + body + closing + "}"
    if isinstance(value, list):
        if not value:
            return "[]"
        return "[" + comma.join(newline + render(v, indent, sort, level + 1) for v in value) + closing + "]"
    if isinstance(value, str):
        return quote(value)
    return {True: "true", False: "false", None: "null"}[value] if value is None or isinstance(value, bool) else repr(value)


def depth(value):
    children = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 1 + max(map(depth, children), default=0)


def main(argv):
    options = [arg for arg in argv[1:] if arg.startswith("--")]
    files = [arg for arg in argv[1:] if not arg.startswith("--")]
    if files:
        source = sys.stdin if files[0] == "-" else open(files[0], encoding="utf-8")
        text = source.read()
    else:
        text = SAMPLE
    try:
        value = Parser(text).document()
    except JsonError as error:
        print("not JSON:", error)
        return 1
    print(render(value, None if "--compact" in options else 2, "--sort" in options))
    print(f"depth {depth(value)}")
    if not files:
        for bad in ('{"a" 1}', "[1, 2", '"open', "[1.2.3]", "nul", "{1: 2}", '"\\q"', "[] []", ""):
            try:
                Parser(bad).document()
            except JsonError as error:
                print(f"{bad:<10} {error}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
