#!/usr/bin/env python3
"""Random regular expressions on random texts under python3.11 and Atoll, compared.

    regex.py [--atoll COMMAND] [--cases N] [--seed S] [--codes]

A batch of cases is one script, run by both. --codes gives _sre.compile random code instead, which must be refused or run
without a crash; what it matches is not compared.
"""
import argparse
import random
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PYTHON = "/usr/bin/python3.11"
BATCH = 250

PRELUDE = '''
import re
def show(m):
    return m and (m.regs, m.lastindex, m.lastgroup)
def case(number, pattern, flags, text, repl):
    out = []
    try:
        p = re.compile(pattern, flags)
    except (re.error, OverflowError, ValueError, RuntimeError) as e:
        print(number, type(e).__name__, e)
        return
    for f in (lambda: show(p.match(text)), lambda: show(p.search(text)), lambda: show(p.fullmatch(text)),
              lambda: [m.regs for m in p.finditer(text)], lambda: p.findall(text), lambda: p.split(text),
              lambda: p.sub(repl, text), lambda: p.subn(lambda m: m.group()[::-1], text, 2),
              lambda: show(p.search(text, 1, len(text) - 1)), lambda: show(p.match(text, 2))):
        try:
            out.append(f())
        except Exception as e:
            out.append((type(e).__name__, str(e)))
    print(number, *map(ascii, out), flush=True)
'''

ALPHABETS = ["ab", "abc1 ", "aAbB", "ab\n", "aK\u212aks\u017fS", "\u03c3\u03c2\u03a3a\u0436\u0416", "a\U0001d504\U00010400\U00010428b",
             "a1_-\u0661\u00b2\u00e9\u00c9"]
SIMPLE = [".", r"\w", r"\W", r"\d", r"\D", r"\s", r"\S"]
PLACES = ["^", "$", r"\A", r"\Z", r"\b", r"\B"]


class Generator:
    def __init__(self, seed):
        self.r = random.Random(seed)

    def letter(self):
        c = self.r.choice(self.alphabet)
        return "\\n" if c == "\n" else "\\ " if c == " " else "\\-" if c == "-" else c

    def charset(self):
        r = self.r
        parts = []
        for _ in range(r.randint(1, 3)):
            kind = r.random()
            if kind < 0.5:
                parts.append(self.letter())
            elif kind < 0.75:
                a, b = sorted((r.choice(self.alphabet), r.choice(self.alphabet)))
                parts.append(f"{a}-{b}" if a not in "\n -_" and b not in "\n -_" else "a-z")
            else:
                parts.append(r.choice(SIMPLE[1:]))
        return "[" + ("^" if r.random() < 0.3 else "") + "".join(parts) + "]"

    def single(self):
        r = self.r.random()
        return self.letter() if r < 0.55 else self.charset() if r < 0.8 else self.r.choice(SIMPLE)

    def quantifier(self):
        r = self.r
        q = r.choice(["*", "+", "?", "*", "+", "?", "{2}", "{1,2}", "{0,3}", "{2,}", "{,2}", "{3}", "{0,1}", "{1}", "{4,7}"])
        return q + r.choice(["", "", "", "?", "+" if self.possessive else "?"])

    def look(self, depth):
        r = self.r
        head = r.choice(["(?=", "(?!", "(?<=", "(?<!"])
        if head in ("(?<=", "(?<!"):
            width = r.randint(1, 2)
            body = "".join(self.single() for _ in range(width))
            if r.random() < 0.3:
                body += "|" + "".join(self.single() for _ in range(width))
            elif r.random() < 0.3:
                self.groups += 1
                body = f"({body})"
            return head + body + ")"
        return head + self.alternatives(depth - 1) + ")"

    def atom(self, depth):
        r = self.r
        kind = r.random()
        if depth <= 0 or kind < 0.5:
            return self.single()
        if kind < 0.68 and not self.in_possessive:
            self.groups += 1
            self.open.append(self.groups)
            number = self.groups
            name = f"?P<g{number}>" if r.random() < 0.3 else ""
            body = self.alternatives(depth - 1)
            self.open.pop()
            return f"({name}{body})"
        if kind < 0.8:
            flags = r.choice(["?:", "?:", "?:", "?i:", "?-i:", "?s:", "?m:"])
            return f"({flags}{self.alternatives(depth - 1)})"
        if kind < 0.86:
            return self.look(depth)
        if kind < 0.9 and self.possessive:
            return f"(?>{self.alternatives(depth - 1)})"
        closed = [g for g in range(1, self.groups + 1) if g not in self.open]
        if closed and kind < 0.96:
            return f"(?:\\{r.choice(closed)})"
        if closed and kind < 0.99:
            yes, no = self.sequence(depth - 1), self.sequence(depth - 1)
            return f"(?({r.choice(closed)}){yes}" + (f"|{no})" if r.random() < 0.7 else ")")
        return f"(?:{self.alternatives(depth - 1)})"

    def item(self, depth):
        r = self.r
        if r.random() < 0.08:
            return r.choice(PLACES)
        if r.random() >= 0.4:
            return self.atom(depth)
        q = self.quantifier()
        outer = self.in_possessive
        # Groups set in a possessive repeat's failed turns stay set in python3.11: not compared.
        self.in_possessive = outer or len(q) > 1 and q[-1] == "+"
        atom = self.atom(depth)
        self.in_possessive = outer
        return f"(?:{atom}){q}" if atom.startswith(("(?=", "(?!", "(?<")) else atom + q

    def sequence(self, depth):
        return "".join(self.item(depth) for _ in range(self.r.randint(0 if depth < 3 else 1, 3)))

    def alternatives(self, depth):
        n = self.r.choice([1, 1, 1, 2, 2, 3, 9 if self.r.random() < 0.1 else 2])
        return "|".join(self.sequence(depth) for _ in range(n))

    def case(self, number):
        r = self.r
        self.alphabet = r.choice(ALPHABETS)
        self.groups, self.open = 0, []
        self.possessive = r.random() < 0.3
        self.in_possessive = False
        depth = r.choice([1, 2, 2, 2, 3, 3])
        pattern = self.alternatives(depth)
        text = "".join(r.choice(self.alphabet) for _ in range(r.choice([0, 1, 2, 3, 5, 8] + [13, 21] * (depth < 3))))
        flags = r.choice([0, 0, 0, 2, 2, 8, 16, 256, 258, 26])
        repl = "<\\g<0>>" if not self.groups or r.random() < 0.3 else f"[\\{r.randint(1, self.groups)}]"
        if r.random() < 0.2 and max(map(ord, self.alphabet)) < 256:
            def encode(s):
                return s.encode("latin-1")
            flags &= ~256
            if r.random() < 0.3:
                flags |= 4
            pattern, text, repl = encode(pattern), encode(text), encode(repl)
        return f"case({number}, {ascii(pattern)}, {flags}, {ascii(text)}, {ascii(repl)})"


def random_code(r):
    """Mostly code that was valid, with some words changed."""
    return f'''
import re, _sre, random
from re import _compiler, _parser
r = random.Random({r.random()!r})
def words(pattern):
    p = _parser.parse(pattern, 0)
    return [int(x) for x in _compiler._code(p, 0)], p.state.groups - 1
samples = [words(p) for p in ({ascii(r.sample(CODE_PATTERNS, 6))[1:-1]})]
refused = run = 0
for _ in range(400):
    code, groups = r.choice(samples)
    code = list(code)
    for _ in range(r.randint(1, 4)):
        i = r.randrange(len(code))
        kind = r.random()
        if kind < 0.5: code[i] = r.choice([0, 1, 2, 3, 5, 8, 15, 20, 40, 255, 256, 2**31, 2**32 - 1, r.randrange(45), len(code) - i])
        elif kind < 0.7: del code[i:i + r.randint(1, 2)]
        elif kind < 0.9: code[i:i] = [r.randrange(45) for _ in range(r.randint(1, 3))]
        else: code[i:i] = code[r.randrange(len(code)):][:6]
        code = code or [1]
    try:
        p = _sre.compile("x", 0, code, groups, {{}}, (None,) * (groups + 1))
    except RuntimeError:
        refused += 1
        continue
    run += 1
    for text in ("", "abcab1\\n", "a\\u0436\\u212a", "\\U0001d504ab"):
        for f in (p.match, p.fullmatch, p.search, p.findall, p.split):
            try: f(text)
            except (SystemError, MemoryError): pass
print(refused > 0, run > 0)
'''


CODE_PATTERNS = [r"(a|b)*c", r"(?:ab|cd){2,5}?x", r"[\w\d]+?(?=x)", r"(?i:k\u212a[a-z\u0400-\u0500]+)", r"(a)?(?(1)b|c)", r"(?>a+)b++",
                 r"(?:a(b)|c)*+\1", r"(?<!a)b\b", r"^.*$", r"((a)|(b))*\2", r"(?:(?:a?)*?){2,}", r"[^\n\u0100-\u0200x]{1,4}y",
                 r"a{0}b{1,}?c??", r"(?:a|b|c|d|e|f|g|h|i|j)+k"]


def run(command, source):
    with tempfile.NamedTemporaryFile("w", suffix=".py", dir="/tmp") as f:
        f.write(source)
        f.flush()
        try:
            done = subprocess.run([*command.split(), f.name], capture_output=True, timeout=15)
        except subprocess.TimeoutExpired as e:
            return [*(e.stdout or b"").decode().splitlines(), "timeout"]
        lines = done.stdout.decode().splitlines()
        return lines if done.returncode == 0 else [*lines, f"status {done.returncode} {done.stderr.decode()[-400:]}"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--atoll", default=f"{ROOT}/build/bin/atoll-worker --python")
    parser.add_argument("--cases", type=int, default=4000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--codes", action="store_true")
    options = parser.parse_args()
    failed = skipped = 0
    if options.codes:
        for batch in range(max(1, options.cases // BATCH)):
            got = run(options.atoll, random_code(random.Random(options.seed * 1000 + batch)))
            if got != ["True True"]:
                failed += 1
                print(f"codes {batch}: {got}")
    for first in range(0, 0 if options.codes else options.cases, BATCH):
        generator = Generator(options.seed * 1000003 + first)
        cases = [generator.case(i) for i in range(first, min(first + BATCH, options.cases))]
        source = PRELUDE + "import warnings\nwarnings.simplefilter('ignore')\n" + "\n".join(cases)
        want, got = run(PYTHON, source), run(options.atoll, source)
        skipped += len(cases) - sum(line != "timeout" for line in want)
        for case, a, b in zip(cases, want, got + ["nothing"] * len(want)):
            if a != b:
                failed += 1
                if failed <= 20:
                    print(f"{case}\n  python {a}\n  atoll  {b}")
                if b == "nothing" or b.startswith("status"):
                    break
    print(f"{options.cases} cases, {failed} differ, {skipped} not run: too slow for python3.11")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
