"""`atoll repl`: the prompt on a terminal and behind a pipe, and what happens when its worker dies."""
import os
import pty
import re
import select
import signal
import subprocess
import tempfile
import time
from pathlib import Path

from support import ATOLL, SLOW, Pool, SystemTest, atoll, wait_for

PROMPT = ">>> "
MORE = "... "
ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b[=>]")


class Terminal:
    """`atoll ARGS...` on a terminal of its own."""

    def __init__(self, *args, cwd=None, **environment):
        self.folder = tempfile.TemporaryDirectory()
        environment = {**os.environ, "TERM": "xterm", "LANG": "C.UTF-8", "HOME": self.folder.name, **environment}
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            if cwd:
                os.chdir(cwd)
            os.execve(ATOLL, [ATOLL, *args], environment)
        self.greeting = self.until(PROMPT)

    def __enter__(self):
        return self

    def __exit__(self, *error):
        if self.pid:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        os.close(self.fd)
        self.folder.cleanup()

    def read(self, seconds):
        readable, _, _ = select.select([self.fd], [], [], seconds)
        try:
            return os.read(self.fd, 65536) if readable else None
        except OSError:
            return b""

    def until(self, end, seconds=10):
        """What is shown up to and with `end`."""
        shown, limit = b"", time.monotonic() + seconds * SLOW
        while time.monotonic() < limit:
            data = self.read(0.1)
            if data == b"":
                break
            shown += data or b""
            text = ESCAPES.sub("", shown.decode(errors="replace")).replace("\r\n", "\n")
            if text.endswith(end) and data is not None and not select.select([self.fd], [], [], 0.05)[0]:
                return text
        raise AssertionError(f"waited for {end!r}, saw {shown!r}")

    def type(self, text, end=PROMPT):
        os.write(self.fd, text.encode())
        return self.until(end)

    def line(self, text, end=PROMPT):
        """What a line shows, without its echo and the next prompt."""
        shown = self.type(text + "\r", end)
        return shown.partition("\n")[2].removesuffix(end)

    def lines(self, *lines):
        """A compound statement: every line but the last is followed by the second prompt."""
        for line in lines[:-1]:
            self.line(line, MORE)
        return self.line(lines[-1])

    def ended(self):
        """The exit code, after all that is shown was read."""
        while self.read(5 * SLOW):
            pass
        status = os.waitpid(self.pid, 0)[1]
        self.pid = 0
        return os.waitstatus_to_exitcode(status)

    def worker(self):
        return int(self.line("__import__('os').getpid()"))


class OnATerminal(SystemTest):
    def test_values_and_statements(self):
        with Terminal("repl") as t:
            self.assertIn("Atoll", t.greeting)
            self.assertEqual(t.line("1 + 1"), "2\n")
            self.assertEqual(t.line("_ * 21"), "42\n")
            self.assertEqual(t.line("x = _"), "")
            self.assertEqual(t.line("None"), "")
            self.assertEqual(t.line("'hällo', x"), "('hällo', 42)\n")
            self.assertEqual(t.line("print(x, end='')"), "42")
            self.assertEqual(t.lines("def f(a):", "    return a * x", ""), "")
            self.assertEqual(t.line("f(2)"), "84\n")
            self.assertEqual(t.lines("for i in range(2):", "  i", ""), "0\n1\n")
            self.assertEqual(t.lines("f(", "3)"), "126\n")
            self.assertEqual(t.lines("'''a", "b'''"), "'a\\nb'\n")
            self.assertEqual(t.line("import sys; sys.argv, __name__, sys.ps1, sys.ps2"), "([''], '__main__', '>>> ', '... ')\n")

    def test_many_lines_at_once(self):
        with Terminal("repl") as t:
            shown = t.type("".join(f"x{i} = {i}\r" for i in range(20)) + "def f():\r  return x3 + x19\r\rf()\r", "22\n>>> ")
            self.assertNotIn("Error", shown)

    def test_atoll_alone_is_the_prompt(self):
        with Terminal() as t:
            self.assertEqual(t.line("2 ** 10"), "1024\n")

    def test_tracebacks(self):
        with Terminal("repl") as t:
            self.assertEqual(t.line("1 / 0"), 'Traceback (most recent call last):\n  File "<stdin>", line 1, in <module>\n'
                             "ZeroDivisionError: division by zero\n")
            t.lines("def f():", "    raise ValueError('in f')", "")
            self.assertEqual(t.line("f()"), 'Traceback (most recent call last):\n  File "<stdin>", line 1, in <module>\n'
                             '  File "<stdin>", line 2, in f\nValueError: in f\n')
            self.assertEqual(t.line("import sys; sys.last_type, sys.last_value"), "(<class 'ValueError'>, ValueError('in f'))\n")
            self.assertEqual(t.line("x +"), '  File "<stdin>", line 1\n    x +\n       ^\nSyntaxError: invalid syntax\n')
            self.assertEqual(t.line("'abc"), '  File "<stdin>", line 1\n    \'abc\n    ^\n'
                             "SyntaxError: unterminated string literal (detected at line 1)\n")

    def test_future_imports_stay(self):
        with Terminal("repl") as t:
            t.line("from __future__ import annotations")
            t.lines("def f(x: undefined): pass", "")
            self.assertEqual(t.line("f.__annotations__"), "{'x': 'undefined'}\n")

    def test_interrupt_of_a_statement(self):
        with Terminal("repl") as t:
            t.line("x = 'kept'")
            t.line("while True: pass", MORE)
            os.write(t.fd, b"\r")
            time.sleep(0.3)
            shown = t.type("\x03")
            self.assertIn('Traceback (most recent call last):\n  File "<stdin>", line 1, in <module>\nKeyboardInterrupt\n', shown)
            self.assertEqual(t.line("x"), "'kept'\n")
            os.write(t.fd, b"import time; time.sleep(60)\r")
            time.sleep(0.3)
            self.assertIn("KeyboardInterrupt", t.type("\x03"))
            self.assertEqual(t.line("x"), "'kept'\n")

    def test_a_statement_that_does_not_mind(self):
        with Terminal("repl") as t:
            for line in ("while True:", "  try:", "    while True: pass", "  except BaseException: pass"):
                t.line(line, MORE)
            os.write(t.fd, b"\r")
            time.sleep(0.3)
            os.write(t.fd, b"\x03")
            time.sleep(0.3)
            t.type("\x03", "once more ends the worker\n")
            self.assertIn("names and modules are lost", t.type("\x03"))
            self.assertEqual(t.line("1"), "1\n")

    def test_interrupt_clears_the_line(self):
        with Terminal("repl") as t:
            self.assertTrue(t.type("some text\x03").endswith("some text\nKeyboardInterrupt\n>>> "))
            t.line("if True:", MORE)
            self.assertIn("KeyboardInterrupt", t.type("  x\x03"))
            self.assertEqual(t.line("5"), "5\n")

    def test_input(self):
        with Terminal("repl") as t:
            t.line("name = input('who? ')", "who? ")
            t.line("me")
            self.assertEqual(t.line("name"), "'me'\n")

    def test_completion(self):
        with Terminal("repl") as t:
            t.line("import sys; some_long_name = 5; some_long_list = [1]")
            t.type("some_long_n\t", "ame")
            self.assertEqual(t.line(""), "5\n")
            shown = t.type("some_long_\t", ">>> some_long_")
            self.assertIn("some_long_name", shown)
            self.assertIn("some_long_list", shown)
            self.assertEqual(t.line("list"), "[1]\n")
            t.type("sys.maxs\t", "ize")
            self.assertEqual(t.line(" > 1"), "True\n")
            t.type("if 1:\r", MORE)
            t.type("\tsys.maxsize\r", MORE)
            self.assertEqual(t.line(""), f"{(1 << 63) - 1}\n")

    def test_a_completion_that_hangs(self):
        with Terminal("repl") as t:
            for line in ("class C:", "  def __dir__(self):", "    while True: pass", ""):
                t.line(line, MORE if line else PROMPT)
            t.line("c = C()")
            os.write(t.fd, b"c.x\t")
            time.sleep(3 * SLOW)
            self.assertIn("KeyboardInterrupt", t.type("\x03"))
            self.assertEqual(t.line("type(c)"), "<class '__main__.C'>\n")

    def test_history(self):
        with tempfile.TemporaryDirectory() as folder:
            with Terminal("repl", HOME=folder) as t:
                t.line("first = 1")
                t.line("second = 2")
                self.assertEqual(t.line("\x1b[A\x1b[A + 5; first").rpartition("\n")[2], "")
                os.write(t.fd, b"\x04")
                self.assertEqual(t.ended(), 0)
            path = Path(folder, ".local/state/atoll/history")
            self.assertIn("second", path.read_text())
            self.assertEqual(path.stat().st_mode & 0o077, 0)
            with Terminal("repl", HOME=folder) as t:
                self.assertIn("first = 1 + 5; first", t.type("\x1b[A", "first = 1 + 5; first"))
                self.assertEqual(t.line("").splitlines()[-1], "6")
            other = os.path.join(folder, "elsewhere")
            with Terminal("repl", ATOLL_HISTORY=other) as t:
                t.line("'kept elsewhere'")
                os.write(t.fd, b"\x04")
                t.ended()
            self.assertIn("elsewhere", Path(other).read_text())

    def test_leaving(self):
        for typed, code in (("\x04", 0), ("exit()\r", 0), ("raise SystemExit(7)\r", 7), ("import sys; sys.exit('why')\r", 1)):
            with self.subTest(typed=typed), Terminal("repl") as t:
                os.write(t.fd, typed.encode())
                self.assertEqual(t.ended(), code)

    def test_the_worker_dies_at_the_prompt(self):
        with Terminal("repl") as t:
            t.line("x = 1")
            os.kill(t.worker(), signal.SIGKILL)
            shown = t.until(PROMPT)
            self.assertIn("the session's worker has ended (killed by SIGKILL): its names and modules are lost; a new worker has begun", shown)
            self.assertIn("NameError: name 'x' is not defined", t.line("x"))
            self.assertEqual(t.line("x = 2; x"), "2\n")

    def test_the_worker_dies_while_a_line_is_typed(self):
        with Terminal("repl") as t:
            pid = t.worker()
            os.write(t.fd, b"1 + ")
            time.sleep(0.2)
            os.kill(pid, signal.SIGKILL)
            t.until(">>> 1 + ")
            self.assertEqual(t.line("1").splitlines()[-1], "2")

    def test_the_worker_dies_under_a_statement(self):
        with Terminal("repl") as t:
            pid = t.worker()
            os.write(t.fd, b"import time; time.sleep(60)\r")
            time.sleep(0.3)
            os.kill(pid, signal.SIGKILL)
            self.assertIn("killed by SIGKILL", t.until(PROMPT))
            self.assertEqual(t.line("3"), "3\n")
            self.assertNotEqual(t.worker(), pid)

    def test_limits(self):
        with Terminal("repl", "--timeout", "1s", "--memory-hard", "64M") as t:
            self.assertEqual(t.line("x = 1; x"), "1\n")
            t.line("while True: pass", MORE)
            self.assertIn("timeout-wall", t.line(""))
            self.assertIn("memory", t.line("x = 'x' * (1 << 30)").lower())
            self.assertEqual(t.line("4"), "4\n")

    def test_modules_of_the_current_directory(self):
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, "helper.py").write_text("x = 1\n")
            with Terminal("repl", cwd=folder) as t:
                self.assertEqual(t.line("import sys, helper; helper.x, sys.path[0]"), "(1, '')\n")
                Path(folder, "later.py").write_text("y = 2\n")
                self.assertEqual(t.line("import later; later.y"), "2\n")
                Path(folder, "helper.py").write_text("x = 3\n")
                self.assertEqual(t.line("import importlib; importlib.reload(helper).x"), "3\n")
            with Terminal("repl", "-P", cwd=folder) as t:
                self.assertIn("No module named 'helper'", t.line("import helper"))

    def test_two_prompts_on_one_pool(self):
        with Pool(2) as pool, Terminal("repl", "-s", pool.socket) as one, Terminal("repl", "-s", pool.socket) as two:
            one.line("x = 1")
            self.assertIn("NameError", two.line("x"))
            two.line("x = 2")
            self.assertEqual(one.line("x"), "1\n")

    def test_leaving_a_pool_ends_the_session(self):
        with Pool(1) as pool:
            for i in range(3):
                with Terminal("repl", "-s", pool.socket) as t:
                    t.line("x = bytearray(30 << 20)")
                    os.write(t.fd, b"\x04")
                    self.assertEqual(t.ended(), 0)
            resident = int(re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{pool.pids()[0]}/status").read_text())[1])
            self.assertLess(resident, 60 << 10)

    def test_the_pool_stops(self):
        with Pool(1) as pool, Terminal("repl", "-s", pool.socket) as t:
            t.line("x = 1")
            pool.process.send_signal(signal.SIGQUIT)
            pool.process.wait()
            os.write(t.fd, b"x\r")
            self.assertEqual(t.ended(), 1)


class BehindAPipe(SystemTest):
    def test_statements(self):
        text = "1 + 1\ndef f():\n    return 5\n\nf()\n_\n1/0\nprint('on')\nfor i in 'ab':\n  i\n\nf(\n)\n"
        done = atoll("repl", stdin=text)
        self.assertEqual((done.stdout, done.returncode), ("2\n5\n5\non\n'a'\n'b'\n5\n", 0))
        self.assertEqual(done.stderr, 'Traceback (most recent call last):\n  File "<stdin>", line 1, in <module>\nZeroDivisionError: division by zero\n')

    def test_input_comes_from_the_next_line(self):
        self.assertEqual(atoll("repl", stdin="a = input()\nbob\na\ninput('? ')\n").stdout, "'bob'\n? ")

    def test_the_end(self):
        self.assertRan(atoll("repl", stdin="raise SystemExit(5)\nprint('never')\n"), "", 5)
        self.assertRan(atoll("repl", stdin="if True:\n  print('at the end')"), "at the end\n")
        self.assertIn("SyntaxError", atoll("repl", stdin="f(1,").stderr)
        self.assertRan(atoll("repl", stdin=""), "")

    def test_hostile_lines(self):
        done = atoll("repl", stdin=b"\xff\xfe\nprint('still there')\n" + b"x" * 3_000_000 + b"\n'a\0b'\n" + b"(" * 100000 + b"\n\n2\n", timeout=60)
        self.assertIn("still there\n", done.stdout)
        self.assertEqual(done.returncode, 0)

    def test_no_terminal_and_no_verb(self):
        done = subprocess.run([ATOLL], stdin=subprocess.DEVNULL, capture_output=True)
        self.assertEqual(done.returncode, 2)

    def test_arguments(self):
        self.assertEqual(atoll("repl", "file.py").returncode, 2)
        self.assertIn("no socket at /nonexistent.sock", atoll("repl", "-s", "/nonexistent.sock").stderr)
