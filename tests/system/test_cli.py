"""The command line as a user types it: programs, exit codes, and what it says to bad input."""
import json
import os
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

from support import ATOLL, ROOT, SLOW, Pool, SystemTest, atoll, run_code


def python(*args, stdin=b""):
    done = subprocess.run(["/usr/bin/python3.11", *args], input=stdin, capture_output=True, cwd=ROOT)
    return done.stdout.decode(), done.returncode, done.stderr.decode()


class Run(SystemTest):
    def test_code(self):
        self.assertRan(run_code("print('hi')"), "hi\n")

    def test_argv(self):
        self.assertRan(atoll("run", "-c", "import sys; print(sys.argv)", "a", "-b", "--c=d", "-"), "['-c', 'a', '-b', '--c=d', '-']\n")

    def test_argv_of_a_file(self):
        with tempfile.NamedTemporaryFile("w", suffix=".py") as file:
            file.write("import sys\nprint(sys.argv[1:], sys.argv[0] == __file__, __name__)")
            file.flush()
            self.assertRan(atoll("run", file.name, "x", "y z"), "['x', 'y z'] True __main__\n")

    def test_program_from_stdin(self):
        self.assertRan(atoll("run", "-", "arg", stdin="import sys\nprint(sys.argv, 1 + 1)\n"), "['-', 'arg'] 2\n")

    def test_stdin_reaches_the_program(self):
        self.assertRan(atoll("run", "-c", "import sys\nprint(sum(map(int, sys.stdin)))", stdin="1\n2\n39\n"), "42\n")

    def test_input(self):
        self.assertRan(atoll("run", "-c", "a = input('? ')\nb = input()\nprint([a, b])", stdin="x\ny"), "? ['x', 'y']\n")

    def test_input_at_the_end_of_the_file(self):
        done = atoll("run", "-c", "input()")
        self.assertEqual((done.stderr.splitlines()[-1], done.returncode), ("EOFError: EOF when reading a line", 1))

    def test_large_stdin_and_output(self):
        data = "line of text\n" * 200000
        self.assertRan(atoll("run", "-c", "import sys\nfor line in sys.stdin: sys.stdout.write(line)", stdin=data), data)

    def test_texts_larger_than_a_message_arrive(self):
        for code in ("print('x' * 10**8)", "import sys; sys.exit('x' * 10**8)", "input('x' * 10**8)"):
            done = run_code(code)
            self.assertGreaterEqual(len(done.stdout) + len(done.stderr), 10**8, code)

    def test_the_text_of_an_error_is_cut_at_eight_megabytes(self):
        done = run_code("raise ValueError('é' * 10**8)")
        self.assertEqual(done.returncode, 1)
        self.assertRegex(done.stderr[-40:], r"é\.\.\. \(19\d{7} more bytes\)\n$")

    def test_exit_codes(self):
        for code, wanted in (("pass", 0), ("raise SystemExit", 0), ("raise SystemExit(3)", 3), ("import sys; sys.exit(7)", 7), ("1/0", 1),
                             ("import sys; sys.exit('message')", 1), ("import sys; sys.exit(256 + 5)", 5), ("import sys; sys.exit(-1)", 255),
                             ("raise KeyboardInterrupt", 130), ("import sys; sys.exit(None)", 0), ("import sys; sys.exit([1])", 1)):
            with self.subTest(code=code):
                self.assertEqual(run_code(code).returncode, wanted)

    def test_exit_message_goes_to_stderr(self):
        done = run_code("import sys; print('out'); sys.exit('why')")
        self.assertEqual((done.stdout, done.stderr), ("out\n", "why\n"))

    def test_uncaught_exception_prints_the_traceback(self):
        done = run_code("def f():\n    raise ValueError('bad')\nf()")
        self.assertEqual(done.returncode, 1)
        self.assertEqual(done.stderr, 'Traceback (most recent call last):\n  File "<string>", line 3, in <module>\n'
                         '  File "<string>", line 2, in f\nValueError: bad\n')

    def test_output_before_a_crash_is_kept(self):
        done = run_code("import sys\nprint('first')\nsys.stderr.write('second\\n')\nraise SystemExit(9)")
        self.assertEqual((done.stdout, done.stderr, done.returncode), ("first\n", "second\n", 9))

    def test_value_of_the_last_expression_is_not_printed(self):
        self.assertRan(run_code("1 + 1"), "")

    def test_closed_stdout_is_quiet(self):
        process = subprocess.Popen([ATOLL, "run", "-c", "while True: print('x' * 1000)"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        process.stdout.read(10)
        process.stdout.close()
        process.wait(10 * SLOW)
        process.stderr.close()
        self.assertNotEqual(process.returncode, 0)

    def test_ctrl_c_interrupts(self):
        process = subprocess.Popen([ATOLL, "run", "-c", "print('go', flush=True)\nwhile True: pass"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.assertEqual(process.stdout.readline(), b"go\n")
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=10 * SLOW)
        self.assertTrue(err.decode().rstrip().endswith("KeyboardInterrupt"), err)
        self.assertIn(process.returncode, (130, -signal.SIGINT))


class SyntaxErrors(SystemTest):
    def test_message_file_line_and_caret_are_those_of_cpython(self):
        for source in ("x = (1 +\n", "if True\n    pass\n", "a = 1\nb = = 2\n", "def f(:\n  pass\n", "print('unterminated)\n", "  indented = 1\n",
                       "for x in range(3):\nprint(x)\n", "x = 5 5\n", "return 1\n", "1 = x\n", "f(a=1, 2)\n", "class\n", "x = [1, 2\ny = 3\n",
                       "\n\n\n   \n$\n", "def f(a, a): pass\n", "break\n", "lambda: (yield) = 1\n", "'\\x1'\n", "nonlocal x\n", "import\n", "a b c\n"):
            with self.subTest(source=source), tempfile.TemporaryDirectory() as folder:
                path = os.path.join(folder, "bad.py")
                Path(path).write_text(source)
                wanted = python(path)
                done = atoll("run", path)
                self.assertEqual((done.stdout, done.returncode, done.stderr), wanted)


class Usage(SystemTest):
    def test_usage_errors(self):
        for args in (["nonsense"], ["run", "--nonsense"], ["run"], ["run", "-c"], ["run", "--timeout", "soon", "-c", "1"], ["run", "--memory", "12Q", "-c", "1"],
                     ["serve", "-w", "many"], ["serve", "-w", "-3"], ["submit"], ["submit", "--call", "nofunction"], ["map"], ["status", "extra"],
                     ["cancel"], ["cancel", "x"], ["help", "nonsense"], ["dis"], ["run", "--", ], ["submit", "--args", "{", "--call", "a.py:f"]):
            with self.subTest(args=args):
                done = atoll(*args)
                self.assertEqual(done.returncode, 2, done.stderr)
                self.assertTrue(done.stderr.strip())
                self.assertEqual(done.stdout, "")

    def test_help_is_everywhere(self):
        for args in (["--help"], ["help"], ["help", "run"], ["run", "--help"], ["serve", "--help"], ["submit", "-h"], ["map", "--help"], ["status", "--help"],
                     ["cancel", "--help"], ["stop", "--help"], ["dis", "--help"]):
            with self.subTest(args=args):
                done = atoll(*args)
                self.assertEqual((done.returncode, done.stderr), (0, ""))
                self.assertIn("atoll", done.stdout.lower())

    def test_version(self):
        for args in (["--version"], ["version"]):
            done = atoll(*args)
            self.assertEqual(done.returncode, 0)
            self.assertRegex(done.stdout, r"^atoll \d+\.\d+\.\d+")

    def test_missing_and_unreadable_files(self):
        with tempfile.TemporaryDirectory() as folder:
            for path in ("/no/such/file.py", folder):
                done = atoll("run", path)
                self.assertNotEqual(done.returncode, 0)
                self.assertEqual(len(done.stderr.strip().splitlines()), 1, done.stderr)

    def test_file_that_is_not_text(self):
        with tempfile.NamedTemporaryFile(suffix=".py") as file:
            file.write(b"x = '\xff\xfe'\n")
            file.flush()
            done = atoll("run", file.name)
            self.assertEqual(done.returncode, 1)
            self.assertIn("SyntaxError", done.stderr)

    def test_dis(self):
        done = atoll("dis", "-c", "x = 1\nprint(x)")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("LOAD_", done.stdout)


class Sockets(SystemTest):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = os.path.join(folder.name, "s.sock")

    def test_absent(self):
        for verb in (["status"], ["submit", "-c", "1"], ["stop"], ["cancel", "1"]):
            done = atoll(verb[0], "-s", self.path, *verb[1:])
            self.assertNotEqual(done.returncode, 0)
            self.assertEqual(len(done.stderr.strip().splitlines()), 1, done.stderr)
            self.assertIn(self.path, done.stderr)

    def test_not_a_socket(self):
        Path(self.path).write_text("a file")
        for verb in (["serve", "-w", "1"], ["status"]):
            done = atoll(verb[0], "-s", self.path, *verb[1:])
            self.assertNotEqual(done.returncode, 0)
            self.assertEqual(len(done.stderr.strip().splitlines()), 1, done.stderr)
        self.assertEqual(Path(self.path).read_text(), "a file")

    def test_in_use(self):
        with Pool(1) as pool:
            done = atoll("serve", "-w", "1", "-s", pool.socket)
            self.assertNotEqual(done.returncode, 0)
            self.assertEqual(len(done.stderr.strip().splitlines()), 1, done.stderr)
            self.assertEqual(pool.atoll("submit", "-c", "1 + 1").stdout, "2\n")

    def test_somebody_elses(self):
        with socket.socket(socket.AF_UNIX) as other:
            other.bind(self.path)
            other.listen()
            served = atoll("serve", "-w", "1", "-s", self.path)
            self.assertNotEqual(served.returncode, 0)
            asked = atoll("status", "-s", self.path, timeout=20)
            self.assertNotEqual(asked.returncode, 0)

    def test_stale_is_replaced(self):
        with Pool(1) as pool:
            os.kill(pool.process.pid, signal.SIGKILL)
            pool.process.wait()
            self.assertTrue(os.path.exists(pool.socket))
            again = subprocess.Popen([ATOLL, "serve", "-w", "1", "-s", pool.socket], stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
            try:
                for _ in range(100):
                    done = pool.atoll("submit", "-c", "6 * 7")
                    if done.returncode == 0:
                        break
                    time.sleep(0.05)
                self.assertEqual(done.stdout, "42\n", done.stderr)
            finally:
                again.terminate()
                again.wait(10)

    def test_mode_is_private(self):
        with Pool(1) as pool:
            self.assertEqual(os.stat(pool.socket).st_mode & 0o777, 0o600)
            path = pool.socket
            pool.atoll("stop")
            pool.process.wait(10)
            self.assertFalse(os.path.exists(path))


class Submit(SystemTest):
    @classmethod
    def setUpClass(cls):
        cls.pool = Pool(2)
        cls.pool.__enter__()
        cls.addClassCleanup(cls.pool.__exit__)

    def write(self, text, suffix=".py"):
        file = tempfile.NamedTemporaryFile("w", suffix=suffix, delete=False)
        self.addCleanup(os.unlink, file.name)
        with file:
            file.write(text)
        return file.name

    def test_output_and_value(self):
        done = self.pool.atoll("submit", "-c", "print('out')\nimport sys\nprint('err', file=sys.stderr)\n{'a': (1, 2)}")
        self.assertEqual((done.stdout, done.stderr, done.returncode), ("out\n{'a': (1, 2)}\n", "err\n", 0))

    def test_none_is_not_printed(self):
        self.assertRan(self.pool.atoll("submit", "-c", "x = 1"), "")

    def test_file_with_arguments_and_stdin(self):
        path = self.write("import sys\nprint(sys.argv[1:])\nprint(sys.stdin.read())")
        self.assertRan(self.pool.atoll("submit", path, "a", "b", stdin="fed"), "['a', 'b']\nfed\n")

    def test_call(self):
        path = self.write("def area(w, h=2, *, unit=''):\n    return f'{w * h}{unit}'\n")
        self.assertRan(self.pool.atoll("submit", "--call", path + ":area", "--args", "[3, 4]"), "'12'\n")
        self.assertRan(self.pool.atoll("submit", "--call", path + ":area", "--args", "[3]", "--kwargs", '{"unit": "m"}'), "'6m'\n")

    def test_a_call_imports_its_file_and_does_not_run_it(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "work.py")
            with open(path, "w") as file:
                file.write("import dataclasses\n@dataclasses.dataclass\nclass Pair:\n    a: 'int'\n    b: 'dataclasses.InitVar[int]' = 2\n"
                           "def name():\n    return __name__, Pair(1).a\nif __name__ == '__main__':\n    raise SystemExit('run as a program')\n")
            done = self.pool.atoll("submit", "--call", path + ":name")
            self.assertEqual((done.stdout, done.stderr), ("('__mp_main__', 1)\n", ""))
            self.pool.atoll("submit", "--session", "named", "--call", path + ":name")
            self.assertEqual(self.pool.atoll("submit", "--session", "named", "-c", "__name__").stdout, "'__main__'\n")

    def test_json_outcome(self):
        done = self.pool.atoll("submit", "--json", "-c", "print('x')\n[1, 'two', None, 3.5]")
        outcome = json.loads(done.stdout.splitlines()[-1])
        self.assertEqual((outcome["verdict"], outcome["value"]), ("ok", [1, "two", None, 3.5]))

    def test_error(self):
        done = self.pool.atoll("submit", "-c", "1/0")
        self.assertEqual(done.returncode, 1)
        self.assertTrue(done.stderr.rstrip().endswith("ZeroDivisionError: division by zero"))

    def test_json_error(self):
        done = self.pool.atoll("submit", "--json", "-c", "1/0")
        outcome = json.loads(done.stdout.splitlines()[-1])
        self.assertEqual((outcome["verdict"], outcome["error"]["type"]), ("error", "ZeroDivisionError"))

    def test_timeout(self):
        start = time.monotonic()
        done = self.pool.atoll("submit", "--timeout", "300ms", "--json", "-c", "while True: pass")
        self.assertEqual(json.loads(done.stdout.splitlines()[-1])["verdict"], "timeout-wall")
        self.assertLess(time.monotonic() - start, 2 * SLOW)

    def test_detach_and_cancel(self):
        job = self.pool.atoll("submit", "--detach", "-c", "while True: pass").stdout.strip()
        self.assertTrue(job.isdigit(), job)
        self.assertEqual(self.pool.atoll("cancel", job).returncode, 0)
        self.assertNotEqual(self.pool.atoll("cancel", "999999").returncode, 0)

    def test_session(self):
        self.pool.atoll("submit", "--session", "cli", "-c", "n = 41")
        self.assertRan(self.pool.atoll("submit", "--session", "cli", "-c", "n + 1"), "42\n")

    def test_status(self):
        self.pool.atoll("submit", "-c", "1")
        text = self.pool.atoll("status")
        self.assertEqual(text.returncode, 0)
        self.assertIn("ready", text.stdout)
        status = self.pool.status()
        self.assertEqual(len(status["workers"]), 2)
        self.assertEqual(len({w["pid"] for w in status["workers"]}), 2)
        for key in ("pid", "state", "jobs", "uptime_ms", "heap_bytes", "collections"):
            self.assertIn(key, status["workers"][0])

    def test_call_that_cannot_cross(self):
        path = self.write("def f():\n    return {'ok': 1, 'bad': [0, (x for x in [])]}\n")
        done = self.pool.atoll("submit", "--json", "--call", path + ":f", "--args", "[]")
        outcome = json.loads(done.stdout.splitlines()[-1])
        self.assertEqual(outcome["error"]["type"], "TypeError")
        self.assertIn("['bad'][1]", outcome["error"]["message"])


class Map(SystemTest):
    def write(self, text, suffix):
        file = tempfile.NamedTemporaryFile("w", suffix=suffix, delete=False)
        self.addCleanup(os.unlink, file.name)
        with file:
            file.write(text)
        return file.name

    def setUp(self):
        self.program = self.write("def square(x):\n    return x * x\ndef pick(d):\n    return [d['k'], len(d)]\n", ".py")

    def test_own_pool_in_order(self):
        lines = "".join(f"{i}\n" for i in range(500))
        done = atoll("map", "-w", "2", self.program + ":square", stdin=lines)
        self.assertRan(done, "".join(f"{i * i}\n" for i in range(500)))

    def test_file_and_pool(self):
        source = self.write('{"k": "caf\\u00e9"}\n{"k": null, "x": 1}\n', ".jsonl")
        with Pool(2) as pool:
            done = pool.atoll("map", self.program + ":pick", "--in", source)
        self.assertEqual([json.loads(line) for line in done.stdout.splitlines()], [["café", 1], [None, 2]])

    def test_unordered_gives_every_result(self):
        lines = "".join(f"{i}\n" for i in range(200))
        done = atoll("map", "-w", "2", "--unordered", self.program + ":square", stdin=lines)
        self.assertEqual(sorted(map(int, done.stdout.split())), [i * i for i in range(200)])

    def test_a_failing_line_is_reported_and_the_rest_done(self):
        done = atoll("map", "-w", "2", self.program + ":square", stdin='1\n"text"\n3\n')
        self.assertNotEqual(done.returncode, 0)
        self.assertEqual([line for line in done.stdout.splitlines() if line in ("1", "9")], ["1", "9"])
        self.assertIn("2", done.stderr)
        self.assertIn("TypeError", done.stderr + done.stdout)

    def test_a_line_that_is_not_json(self):
        done = atoll("map", "-w", "1", self.program + ":square", stdin="1\n{oops\n3\n")
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("9", done.stdout.split())

    def test_no_input(self):
        self.assertRan(atoll("map", "-w", "1", self.program + ":square", stdin=""), "")


class Limits(SystemTest):
    def test_wall_timeout(self):
        start = time.monotonic()
        done = run_code("while True: pass", "--timeout", "200ms")
        self.assertEqual(done.returncode, 124)
        self.assertLess(time.monotonic() - start, 1.5 * SLOW)

    def test_wall_timeout_is_punctual(self):
        with Pool(1) as pool, pool.client() as client:
            for source in ("while True: pass", "import time\ntime.sleep(60)", "sum(range(10**12))", "x = [0] * 10\nwhile x: x.sort()", "while True: 3 ** 50000"):
                with self.subTest(source=source):
                    outcome, _, _ = client.run(source=source, limits={"wall_ms": 300})
                    self.assertEqual(outcome["verdict"], "timeout-wall")
                    self.assertLess(outcome["usage"]["wall_us"] if "usage" in outcome else 0, 400000 * SLOW)

    def test_timeout_can_be_handled_only_briefly(self):
        done = run_code("while True:\n    try:\n        while True: pass\n    except BaseException: pass", "--timeout", "200ms")
        self.assertEqual(done.returncode, 124)

    def test_memory_error_can_be_caught(self):
        code = "try:\n    x = [0]\n    while True: x += x\nexcept MemoryError as e:\n    x = None\n    print('caught', list(range(5)))"
        self.assertRan(run_code(code, "--memory", "64M"), "caught [0, 1, 2, 3, 4]\n")

    def test_memory_is_limited_unless_more_is_asked_for(self):
        code = "data = bytearray(1500 << 20)\nprint(len(data) >> 20)"
        self.assertIn("MemoryError", run_code(code).stderr)
        self.assertEqual(run_code(code, "--memory", "2G").stdout, "1500\n")

    def test_memory_error_by_one_big_object(self):
        for expression in ("'x' * 10**12", "[0] * 10**11", "bytes(10**11)", "1 << 10**12", "list(range(10**10))", "'x'.ljust(10**12)", "10 ** 10 ** 10",
                           "tuple(range(10**9))", "{i: i for i in range(10**8)}", "('a' * 10**6).replace('a', 'b' * 10**6)"):
            with self.subTest(expression=expression):
                code = f"try:\n    {expression}\nexcept MemoryError: print('MemoryError')\nexcept OverflowError: print('MemoryError')"
                self.assertRan(run_code(code, "--memory", "64M", timeout=60), "MemoryError\n")

    def test_uncaught_memory_error(self):
        with Pool(1) as pool, pool.client() as client:
            outcome, _, _ = client.run(source="x = [0]\nwhile True: x += x", limits={"heap_soft": 64 << 20})
            self.assertEqual(outcome["verdict"], "memory")
            self.assertEqual(client.run(source="7", value_as="repr")[0]["value_repr"], "7")

    def test_fuel(self):
        with Pool(1) as pool, pool.client() as client:
            outcomes = [client.run(source="while True: pass", limits={"fuel": 100000})[0] for _ in range(2)]
            self.assertEqual([o["verdict"] for o in outcomes], ["fuel", "fuel"])

    def test_output_limit(self):
        with Pool(1) as pool, pool.client() as client:
            outcome, _, _ = client.run(source="while True: print('x' * 100)", want_output=True, limits={"output_bytes": 10000})
            self.assertEqual((outcome["verdict"], outcome["error"]["message"]), ("output", "too much output"))

    def test_recursion_verdict(self):
        with Pool(1) as pool, pool.client() as client:
            outcome, _, _ = client.run(source="def f(): f()\nf()")
            self.assertEqual((outcome["verdict"], outcome["error"]["type"]), ("recursion", "RecursionError"))


class Depth(SystemTest):
    """Deep recursion of every kind ends in an error, never in a crash."""

    def check(self, code, *wanted):
        done = run_code(code, timeout=60)
        self.assertIn(done.returncode, (0, 1), done.stderr[-300:])
        self.assertIn((done.stdout + done.stderr).strip().splitlines()[-1].split(":")[0], wanted)

    def test_calls(self):
        self.check("def f(): f()\nf()", "RecursionError")

    def test_calls_with_a_high_limit(self):
        self.check("import sys\nsys.setrecursionlimit(10**6)\ndef f(n):\n    return n and f(n - 1)\nf(200000)\nprint('done')", "RecursionError", "MemoryError", "done")

    def test_dunder_recursion(self):
        for body in ("def __repr__(self): return repr(self)", "def __eq__(self, o): return self == o", "def __getattr__(self, n): return self.x",
                     "def __add__(self, o): return self + o", "def __call__(self): return self()", "def __hash__(self): return hash(self)",
                     "def __len__(self): return len(self)", "def __iter__(self): return iter(self)", "def __bool__(self): return bool(self)"):
            name = body.split("__")[1]
            use = {"repr": "repr(x)", "eq": "x == x", "getattr": "x.x", "add": "x + x", "call": "x()", "hash": "hash(x)", "len": "len(x)", "iter": "iter(x)",
                   "bool": "bool(x)"}[name]
            with self.subTest(name=name):
                self.check(f"class C:\n    {body}\nx = C()\n{use}", "RecursionError")

    def test_source_nesting(self):
        for source in ("'(' * 100000 + '1' + ')' * 100000", "'[' * 100000", "'-' * 100000 + '1'", "'x' + '.a' * 100000", "'+'.join(['1'] * 100000)",
                       "'lambda: ' * 50000 + '1'", "'f(' * 50000", "'not ' * 100000 + '1'", "'{' * 50000", "'1 if 1 else ' * 50000 + '1'", "'a ** ' * 50000 + 'a'",
                       "\"f'{\" * 200 + '1'", "'x[' * 50000 + '0' + ']' * 50000", "'await ' * 50000 + 'x'", "'1 < ' * 100000 + '1'"):
            with self.subTest(source=source):
                self.check(f"try:\n    compile({source}, 's', 'eval')\n    print('compiled')\nexcept (SyntaxError, RecursionError, MemoryError) as e:\n    print(type(e).__name__)",
                           "SyntaxError", "RecursionError", "MemoryError", "compiled", "IndentationError")

    def test_statement_nesting(self):
        for source in ("''.join(' ' * i + 'if 1:\\n' for i in range(3000)) + ' ' * 3000 + 'pass'", "''.join(' ' * i + 'def f():\\n' for i in range(500)) + ' ' * 500 + 'pass'",
                       "'if 1: pass\\n' + 'elif 1: pass\\n' * 50000"):
            with self.subTest(source=source):
                self.check(f"try:\n    compile({source}, 's', 'exec')\n    print('compiled')\nexcept (SyntaxError, RecursionError, MemoryError) as e:\n    print(type(e).__name__)",
                           "SyntaxError", "RecursionError", "MemoryError", "compiled", "IndentationError")

    def test_data(self):
        build = "x = []\nfor _ in range(300000): x = [x]\n"
        for use in ("repr(x)", "x == [x]", "del x", "import copy; copy.deepcopy(x)", "hash(tuple(x)) if 0 else str(x)", "import json; json.dumps(x)"):
            with self.subTest(use=use):
                self.check(build + use + "\nprint('done')", "RecursionError", "done", "MemoryError")

    def test_deep_data_is_freed(self):
        self.assertRan(run_code("x = None\nfor _ in range(1000000): x = (x,)\ndel x\ny = {}\nfor _ in range(300000): y = {1: y}\ny = 1\n"
                                "class N: pass\nn = None\nfor _ in range(300000):\n    m = N(); m.next = n; n = m\ndel n, m\nprint('freed')", timeout=60), "freed\n")

    def test_deep_iterators(self):
        for wrap in ("map(abs, i)", "iter(i)", "zip(i)", "enumerate(i)", "filter(None, i)", "(x for x in i)", "itertools.chain(i)", "reversed([i])"):
            with self.subTest(wrap=wrap):
                self.check(f"import itertools\ni = iter([1])\nfor _ in range(100000): i = {wrap}\ntry:\n    next(i)\nexcept RecursionError: pass\ndel i\nprint('done')",
                           "RecursionError", "done", "MemoryError", "TypeError")
