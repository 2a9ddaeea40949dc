"""Regular expressions compiled to a state machine that is run without backtracking.

    regex_matcher.py [PATTERN TEXT...]      . * + ? | ( ) [a-z] [^a-z] \\d \\w \\s
"""
import sys

SAMPLE = [
    ("a*b", ["b", "aaab", "aaa", ""]),
    ("(ab|cd)+e?", ["ab", "abcde", "cdcdab", "abc", "e"]),
    ("[a-c]+[^a-c0-9]", ["abcx", "abc", "bb7", "c!"]),
    (r"\d+\.\d*|\.\d+", ["3.14", "10.", ".5", ".", "42"]),
    (r"(\w+\s?)*!", ["hello big world!", "no end", "!"]),
    ("x?" * 24 + "x" * 24, ["x" * 24, "x" * 48, "x" * 23, "x" * 49]),
    ("(a|b)*a(a|b)(a|b)(a|b)", ["abab", "aabb", "bbbbabbb", "bbbbbbbb"]),
    ("((a)", ["a"]), ("*a", ["a"]), ("[a", ["a"]), ("", ["", "a"]),
]
CLASSES = {"d": frozenset("0123456789"), "s": frozenset(" \t\n\r"),
           "w": frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_")}


class PatternError(ValueError):
    pass


class State:
    """Goes to `out` on a character that `accepts`; with `accepts` None it splits without reading."""

    __slots__ = ("number", "accepts", "out", "other")

    def __init__(self, number, accepts, out=None, other=None):
        self.number, self.accepts, self.out, self.other = number, accepts, out, other


class Compiler:
    """Each rule returns (start state, [(state, slot) left open])."""

    def __init__(self, pattern):
        self.pattern, self.at, self.count = pattern, 0, 0

    def compile(self):
        start, ends = self.alternatives()
        if self.at < len(self.pattern):
            raise PatternError(f"unexpected {self.pattern[self.at]!r} at {self.at}")
        final = self.state("final")
        self.join(ends, final)
        return start, final

    def state(self, accepts, out=None, other=None):
        self.count += 1
        return State(self.count, accepts, out, other)

    @staticmethod
    def join(ends, target):
        for state, slot in ends:
            setattr(state, slot, target)

    def peek(self):
        return self.pattern[self.at:self.at + 1]

    def alternatives(self):
        start, ends = self.sequence()
        while self.peek() == "|":
            self.at += 1
            other, more = self.sequence()
            start, ends = self.state(None, start, other), ends + more
        return start, ends

    def sequence(self):
        start = self.state(None)
        ends = [(start, "out")]
        while self.peek() not in ("", "|", ")"):
            first, more = self.repeated()
            self.join(ends, first)
            ends = more
        return start, ends

    def repeated(self):
        start, ends = self.single()
        while (mark := self.peek()) and mark in "*+?":
            self.at += 1
            split = self.state(None, start)
            if mark == "?":
                start, ends = split, ends + [(split, "other")]
            else:
                self.join(ends, split)
                start, ends = split if mark == "*" else start, [(split, "other")]
        return start, ends

    def single(self):
        char = self.peek()
        self.at += 1
        if char == "(":
            inside = self.alternatives()
            if self.peek() != ")":
                raise PatternError("missing )")
            self.at += 1
            return inside
        if char in "*+?":
            raise PatternError(f"nothing to repeat at {self.at - 1}")
        if char == "[":
            accepts = self.char_class()
        elif char == ".":
            accepts = lambda c: True
        elif char == "\\":
            escaped, self.at = self.peek(), self.at + 1
            accepts = CLASSES.get(escaped, frozenset(escaped)).__contains__
        else:
            accepts = char.__eq__
        state = self.state(accepts)
        return state, [(state, "out")]

    def char_class(self):
        end = self.pattern.find("]", self.at + 1)
        if end < 0:
            raise PatternError("missing ]")
        body, self.at = self.pattern[self.at:end], end + 1
        negated = body.startswith("^")
        body = body[negated:]
        members, i = set(), 0
        while i < len(body):
            if body[i + 1:i + 2] == "-" and i + 2 < len(body):
                members.update(map(chr, range(ord(body[i]), ord(body[i + 2]) + 1)))
                i += 3
            else:
                members.add(body[i])
                i += 1
        return (lambda c: c not in members) if negated else members.__contains__


class Regex:
    def __init__(self, pattern):
        compiler = Compiler(pattern)
        self.start, self.final = compiler.compile()
        self.states = compiler.count

    def closure(self, states):
        """All states reached without reading a character."""
        reached, waiting = {}, list(states)
        while waiting:
            state = waiting.pop()
            if state is None or state.number in reached:
                continue
            reached[state.number] = state
            if state.accepts is None:
                waiting += [state.out, state.other]
        return reached.values()

    def matches(self, text):
        now = self.closure([self.start])
        for char in text:
            now = self.closure([s.out for s in now if callable(s.accepts) and s.accepts(char)])
            if not now:
                return False
        return self.final in now


def main(argv):
    for pattern, texts in [(argv[1], argv[2:])] if len(argv) > 1 else SAMPLE:
        shown = pattern if len(pattern) < 30 else pattern[:27] + "..."
        try:
            regex = Regex(pattern)
        except PatternError as error:
            print(f"{shown!r}: error: {error}")
            continue
        print(f"{shown!r}: {regex.states} states")
        for text in texts:
            print(f"    {text if len(text) < 30 else text[:27] + '...'!s:<30} {'match' if regex.matches(text) else 'no match'}")


if __name__ == "__main__":
    main(sys.argv)
