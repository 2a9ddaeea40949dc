"""Source text that nobody would write: as a FILE and as a text in a program it gives an error or the right answer, and soon."""
import tempfile

from support import SLOW, SystemTest, atoll, run_code

DEEP = 100_000
REFUSALS = ("SyntaxError: ", "IndentationError: ", "MemoryError", "RecursionError: ")


def blocks(head, depth):
    return "".join(" " * level + head + "\n" for level in range(depth)) + " " * depth + "pass\n"


NESTED = {
    "parentheses": "(" * DEEP + "1" + ")" * DEEP, "open brackets": "[" * DEEP, "dicts": "{1:" * DEEP + "1" + "}" * DEEP, "calls": "f(" * DEEP + ")" * DEEP,
    "subscripts": "x[" * DEEP + "0" + "]" * DEEP, "calls of calls": "f" + "()" * DEEP, "attributes": "x" + ".a" * DEEP, "signs": "-" * DEEP + "1",
    "not": "not " * DEEP + "1", "sum": "x" + "+x" * DEEP, "powers": "2" + "**1" * DEEP, "ternaries": "1 if x else " * DEEP + "1",
    "lambdas": "lambda: " * DEEP + "1", "defaults": "lambda x=" * DEEP + "1" + ": 1" * DEEP, "blocks": blocks("if 1:", 5000), "functions": blocks("def f():", 5000),
    "elif": "if x: pass\n" + "elif x: pass\n" * DEEP, "fields": "f'{x:" + "{x:" * DEEP + "}" * DEEP + "}'", "f-strings": 'f"{' * DEEP + "1" + '}"' * DEEP,
    "sequence patterns": "match x:\n case " + "[" * DEEP + "]" * DEEP + ": pass\n", "class patterns": "match x:\n case " + "C(" * DEEP + ")" * DEEP + ": pass\n",
    "targets": "(" * DEEP + "a" + ",)" * DEEP + " = x", "comprehensions": "[x" + " for x in y" * DEEP + "]", "walrus": "(a := " * DEEP + "1" + ")" * DEEP,
    "await": "async def f():\n " + "await " * DEEP + "x", "with": "with " + ", ".join(["x"] * DEEP) + ": pass\n", "names": "x " * DEEP,
}
LONG = {
    "comparisons": "x = 1" + " < 1" * DEEP, "ands": "x = 1" + " and 1" * DEEP, "strings": "x = " + "'a' " * DEEP, "assignments": "a = " * DEEP + "1",
    "arguments": "def f(" + ", ".join(f"a{i}" for i in range(DEEP)) + "): return a0\n", "a call": "x = len([" + "1, " * DEEP + "])", "a dict": "x = {" + ", ".join(f"{i}: {i}" for i in range(DEEP)) + "}",
    "patterns": "match 2:\n case 1" + " | 1" * DEEP + ": pass\n", "cases": "match 2:\n" + " case 1: pass\n" * DEEP, "decorators": "d = lambda f: f\n" + "@d\n" * DEEP + "def f(): pass\n",
    "handlers": "try: pass\n" + "except OSError: pass\n" * DEEP, "locals": "def f():\n" + "".join(f" v{i} = {i}\n" for i in range(DEEP)) + "f()\n", "hexadecimal": "x = 0x" + "1" * 1_000_000,
    "lines joined": "x = \\\n" + "\\\n" * DEEP + "1", "statements": "1;" * DEEP, "globals": "def f():\n global " + ", ".join(f"v{i}" for i in range(DEEP)),
}
BYTES = {
    b"x = 1\0\n": "ValueError: source code string cannot contain null bytes", b"x = '\xff'\n": "SyntaxError: Non-UTF-8 code starting with '\\xff' in file ", b"x = '\xed\xa0\x80'\n": "SyntaxError: Non-UTF-8 code starting with '\\xed' in file ",
    b"x = 1\n\xef\xbb\xbfy = 2\n": "SyntaxError: invalid non-printable character U+FEFF", b"\xef\xbb\xbf\xef\xbb\xbfx = 1\n": "SyntaxError: invalid non-printable character U+FEFF",
    b"# coding: nosuch\nx = 1": "SyntaxError: encoding problem: nosuch", b"\xef\xbb\xbf# coding: cp1252\nx = 1": "SyntaxError: encoding problem: cp1252 with BOM", b"x = 1" + b"1" * 5000: "SyntaxError: Exceeds the limit (4300 digits)",
}
IN_A_PROGRAM = """
import ast
for source in ({source}), ({source}).encode():
    for use in (lambda: compile(source, "<text>", "exec"), lambda: eval(source), lambda: ast.parse(source)):
        try:
            use()
            print("ok")
        except (SyntaxError, MemoryError, RecursionError, NameError) as e:
            print(type(e).__name__)
"""
HUGE = {"'(' * 10**8": "SyntaxError", "'x = \"' + 'a' * 10**8 + '\"'": None, "'\\n' * 10**8 + '1'": "ok", "'#' * 10**8 + '\\n1'": "ok", "'x' * 10**8": None, "'- ' * (5 * 10**7)": None}


class HostileSource(SystemTest):
    def run_file(self, source):
        with tempfile.NamedTemporaryFile(suffix=".py") as file:
            file.write(source if isinstance(source, bytes) else source.encode())
            file.flush()
            return atoll("run", file.name, timeout=60 * SLOW)

    def test_nesting_is_refused(self):
        for name, source in NESTED.items():
            with self.subTest(name):
                done = self.run_file(source)
                self.assertEqual(done.returncode, 1)
                self.assertTrue(done.stderr.splitlines()[-1].startswith(REFUSALS), done.stderr[-300:])

    def test_length_is_none_of_our_business(self):
        for name, source in LONG.items():
            with self.subTest(name):
                done = self.run_file(source)
                self.assertEqual((done.returncode, done.stderr[-300:]), (0, ""))

    def test_bytes_that_are_no_text(self):
        for source, wanted in BYTES.items():
            with self.subTest(source[:20]):
                done = self.run_file(source)
                self.assertEqual(done.returncode, 1)
                self.assertTrue(done.stderr.splitlines()[-1].startswith(wanted), done.stderr)

    def test_a_byte_order_mark(self):
        for source in (b"\xef\xbb\xbfprint('\xc3\xa9')", b"\xef\xbb\xbf# coding: utf-8\nprint('\xc3\xa9')", b"# coding: latin-1\nprint('\xe9')"):
            self.assertRan(self.run_file(source), "é\n")
        self.assertRan(self.run_file(b"\xef\xbb\xbf"), "")

    def test_a_hundred_megabytes_on_one_line(self):
        for source, wanted in HUGE.items():
            with self.subTest(source):
                done = run_code(IN_A_PROGRAM.format(source=source), "--memory", "4G", timeout=300 * SLOW)
                self.assertEqual(done.returncode, 0, done.stderr[-300:])
                ends = done.stdout.split()
                self.assertEqual(len(ends), 6)
                self.assertLessEqual(set(ends), {wanted} if wanted else {"ok", "SyntaxError", "MemoryError", "RecursionError", "NameError"})
