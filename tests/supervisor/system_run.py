"""`atoll run`, `atoll dis` and the command line."""
import os
import signal
import subprocess
import time
import unittest

from pool_harness import ATOLL, ENV, FOLDER, SLOW, alive, atoll, main, wait_until


class Running(unittest.TestCase):
    def test_output_goes_to_the_right_stream(self):
        done = atoll("run", "-c", "print one;eprint two;print three")
        self.assertEqual((done.stdout, done.stderr, done.returncode), ("one\nthree\n", "two\n", 0))

    def test_both_streams_keep_their_order(self):
        done = subprocess.run([ATOLL, "run", "-c", ";".join(f"print o{i};eprint e{i}" for i in range(50))],
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=ENV)
        self.assertEqual(done.stdout, "".join(f"o{i}\ne{i}\n" for i in range(50)))

    def test_exit_codes(self):
        for program, code in [("", 0), ("sysexit 7", 7), ("sysexit 300", 44), ("raise boo", 1), ("crash 9", 137), ("segv", 139),
                              ("crash 31", 159), ("exit 3", 125), ("garbage", 125), ("wrongjob", 125), ("twice", 125)]:
            with self.subTest(program):
                self.assertEqual(atoll("run", "-c", program).returncode, code)

    def test_a_traceback_is_printed_as_it_is(self):
        self.assertEqual(atoll("run", "-c", "raise boo").stderr, "Traceback (most recent call last):\nValueError: boo\n")

    def test_files_and_arguments(self):
        path = os.path.join(FOLDER, "program.fake")
        with open(path, "w") as file:
            file.write("argv\nprint end\n")
        self.assertEqual(atoll("run", "program.fake", "-t", "--help", "x").stdout, "program.fake\n-t\n--help\nx\nend\n")
        self.assertEqual(atoll("run", "-", "a", stdin="argv").stdout, "-\na\n")
        self.assertEqual(atoll("run", "-c", "argv", "a").stdout, "-c\na\n")

    def test_stdin_is_fed_on_demand(self):
        self.assertEqual(atoll("run", "-c", "input", stdin="some\ntext").stdout, "some\ntext")
        big = "x" * 3_000_000
        self.assertEqual(atoll("run", "-c", "input", stdin=big).stdout, big)
        with open(os.path.join(FOLDER, "input.txt"), "w") as file:
            file.write("from a file")
        with open(os.path.join(FOLDER, "input.txt")) as file:
            done = subprocess.run([ATOLL, "run", "-c", "input"], stdin=file, capture_output=True, text=True, env=ENV)
        self.assertEqual(done.stdout, "from a file")

    def test_stdin_that_is_not_asked_for_is_left_alone(self):
        read, write = os.pipe()
        os.write(write, b"for the next program")
        os.close(write)
        subprocess.run([ATOLL, "run", "-c", "print x"], stdin=read, capture_output=True, env=ENV)
        self.assertEqual(os.read(read, 100), b"for the next program")
        os.close(read)

    def test_much_output_arrives_whole(self):
        self.assertEqual(len(atoll("run", "-c", "flood 20000").stdout), 20000 * 1024)

    def test_a_slow_reader_is_waited_for(self):
        process = subprocess.Popen([ATOLL, "run", "-c", "flood 20000"], stdout=subprocess.PIPE, env=ENV)
        time.sleep(0.3)
        with open(f"/proc/{process.pid}/statm") as statm:
            self.assertLess(int(statm.read().split()[1]) * 4096, 16 << 20 if "asan" not in ATOLL else 400 << 20)
        self.assertEqual(len(process.communicate()[0]), 20000 * 1024)
        self.assertEqual(process.returncode, 0)

    def test_a_reader_that_leaves_ends_it(self):
        process = subprocess.Popen([ATOLL, "run", "-c", "flood 1000000"], stdout=subprocess.PIPE, env=ENV)
        process.stdout.read(10)
        process.stdout.close()
        self.assertEqual(process.wait(10), 128 + signal.SIGPIPE)

    def test_timeouts_are_precise(self):
        for program in ("spin", "hang"):
            with self.subTest(program):
                start = time.monotonic()
                done = atoll("run", "-t", "300ms", "-c", program)
                took = time.monotonic() - start
                self.assertEqual(done.returncode, 124)
                self.assertIn("timeout-wall", done.stderr)
                self.assertGreaterEqual(took, 0.3)
                self.assertLess(took, 0.3 + 0.4 * SLOW)

    def interrupted(self, program, signals):
        process = subprocess.Popen([ATOLL, "run", "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                                   env=ENV, start_new_session=True)
        process.stdout.readline()
        for number in signals:
            process.send_signal(number)
            time.sleep(0.05 * SLOW)
        out, errors = process.communicate(timeout=10)
        return process.returncode, errors

    def test_ctrl_c_is_a_keyboard_interrupt(self):
        code, errors = self.interrupted("print x;spin", [signal.SIGINT])
        self.assertEqual(code, 130)
        self.assertIn("KeyboardInterrupt", errors)

    def test_ctrl_c_twice_kills(self):
        self.assertEqual(self.interrupted("print x;hang", [signal.SIGINT, signal.SIGINT])[0], 130)

    def test_term_ends_it(self):
        self.assertEqual(self.interrupted("print x;hang", [signal.SIGTERM])[0], 143)

    def test_the_worker_inherits_nothing(self):
        extra = os.open("/dev/null", os.O_RDONLY)
        os.set_inheritable(extra, True)
        done = subprocess.run([ATOLL, "run", "-c", "environment"], capture_output=True, text=True, close_fds=False,
                              env={**ENV, "SECRET": "x"})
        os.close(extra)
        self.assertEqual(done.stdout, "0 variables, 3 descriptors\n")

    def test_no_worker_is_left_behind(self):
        for victim_signal in (signal.SIGKILL, signal.SIGTERM):
            process = subprocess.Popen([ATOLL, "run", "-c", "print x;hang"], stdout=subprocess.PIPE, env=ENV)
            process.stdout.readline()
            children = subprocess.run(["ps", "-o", "pid=", "--ppid", str(process.pid)], capture_output=True, text=True)
            workers = [int(pid) for pid in children.stdout.split()]
            self.assertEqual(len(workers), 1)
            process.send_signal(victim_signal)
            process.wait(10)
            process.stdout.close()
            wait_until(lambda: not alive(workers[0]))

    def test_a_missing_worker_is_a_sandbox_failure(self):
        done = atoll("run", "-c", "", env={"ATOLL_WORKER_PATH": "/nowhere"})
        self.assertEqual(done.returncode, 125)
        self.assertEqual(done.stderr.count("\n"), 1)

    def test_a_worker_that_cannot_start_is_a_sandbox_failure(self):
        done = atoll("run", "-c", "", env={"ATOLL_WORKER_PATH": "/bin/true"})
        self.assertEqual(done.returncode, 125)
        self.assertIn("cannot start the worker", done.stderr)

    def test_a_layer_that_is_missing_fails_closed(self):
        done = atoll("run", "--require", "landlock", "-c", "print x")
        self.assertEqual((done.returncode, done.stdout), (125, ""))
        self.assertIn("landlock", done.stderr)
        self.assertEqual(atoll("run", "--require", "landlock", "--allow-degraded", "landlock", "-c", "").returncode, 0)

    def test_every_namespace_works_or_is_said_to_be_missing(self):
        self.assertEqual(atoll("run", "--namespaces", "all", "-c", "print x").stdout, "x\n")
        self.assertEqual(atoll("run", "--namespaces", "none", "-c", "print x").stdout, "x\n")

    def test_dis_asks_for_the_disassembler(self):
        self.assertEqual(atoll("dis", "-c", "mode").stdout, "dis\n")
        self.assertEqual(atoll("run", "-c", "mode").stdout, "exec\n")

    def test_closed_standard_streams_do_not_confuse_it(self):
        done = subprocess.run(["sh", "-c", f"{ATOLL} run -c 'environment' <&- 2>&-"], capture_output=True, text=True, env=ENV)
        self.assertEqual(done.stdout, "0 variables, 3 descriptors\n")


class CommandLine(unittest.TestCase):
    def test_version_and_help(self):
        self.assertRegex(atoll("--version").stdout, r"^atoll \d+\.\d+\.\d+\n$")
        self.assertEqual(atoll("version").stdout, atoll("-V").stdout)
        self.assertIn("verbs:", atoll("--help").stdout)
        for verb in ("run", "serve", "submit", "map", "status", "cancel", "stop", "drain", "scale", "dis"):
            with self.subTest(verb):
                by_flag, by_verb = atoll(verb, "--help"), atoll("help", verb)
                self.assertEqual((by_flag.returncode, by_flag.stdout), (0, by_verb.stdout))
                self.assertTrue(by_flag.stdout.startswith(f"usage: atoll {verb}"))

    def test_wrong_usage_exits_2_with_a_hint(self):
        for words, hint in [((), "usage: atoll"), (("sevre",), "did you mean 'serve'"), (("--verison",), "usage"),
                            (("run",), "usage: atoll run"), (("run", "--memroy", "1M", "x"), "did you mean '--memory'"),
                            (("run", "--memory", "1Q", "x"), "a size such as"), (("cancel",), "usage: atoll cancel"),
                            (("cancel", "abc"), "ID"), (("help", "fly"), "unknown verb"), (("scale", "-s", "x"), "number of workers"),
                            (("run", "--namespaces", "moon", "-c", ""), "no namespace"), (("map",), "FILE.py:FUNC"),
                            (("map", "nocolon"), "FILE.py:FUNC"), (("submit",), "needed"), (("serve", "extra"), "unexpected"),
                            (("submit", "-c", "", "--isolation", "deep"), "isolation"),
                            (("cancel", "abc"), "'abc' is not the ID of a job"), (("attach", "0"), "'0' is not the ID of a job"),
                            (("attach", "1", "2"), "unexpected argument '2'"), (("attach",), "the ID of a job is needed"),
                            (("scale", "1.5"), "'1.5' is not a number of workers"), (("scale", "9" * 30), "is not a number of workers"),
                            (("version", "x"), "unexpected argument 'x'"), (("help", "run", "x"), "unexpected argument 'x'"),
                            (("repl", "x"), "unexpected argument 'x'"),
                            (("submit", "--call", "x.py:f", "--args", "{}"), "x.py")]:
            with self.subTest(words):
                done = atoll(*words)
                self.assertEqual(done.returncode, 2, done.stderr)
                self.assertIn(hint, done.stderr)
                self.assertEqual(done.stdout, "")

    def test_programs_that_are_not_utf8_fail_as_in_python(self):
        path = os.path.join(FOLDER, "bad.py")
        for text in (b"a\nx = '\xff\xfe'\n", b"x = '\xc3('", b"\n\n# coding: latin-1\nx = '\xe9'", b"# coding: nonsense\nx", b"\xe4\xbd\xe5"):
            with open(path, "wb") as file:
                file.write(text)
            ours = atoll("run", path)
            python = subprocess.run(["/usr/bin/python3.11", path], capture_output=True, text=True)
            self.assertEqual((ours.returncode, ours.stderr), (python.returncode, python.stderr))
        with open(path, "wb") as file:
            file.write(b"# -*- coding: latin-1 -*-\nprint \xe9\n")
        self.assertEqual(atoll("run", path).stdout, "\u00e9\n")

    def test_arguments_that_are_not_utf8(self):
        done = subprocess.run([ATOLL.encode(), b"run", b"-c", b"argv", b"a\xff"], capture_output=True, env=ENV)
        self.assertEqual((done.returncode, done.stdout), (2, b""))

    def test_a_file_that_is_not_there(self):
        done = atoll("run", "absent.py")
        self.assertEqual((done.returncode, done.stderr), (2, "atoll run: can't open file 'absent.py': No such file or directory\n"))


if __name__ == "__main__":
    main()
