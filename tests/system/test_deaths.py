"""Every way in which a job or its worker can end, once, with the real worker: the cause is the true one, the place is the line that
did it, and the pool lives on. The worker here offers `_attack`, as under `atoll check --attack`: functions that do in native code what
Python cannot."""
import contextlib
import json
import os
import shutil
import signal
import tempfile
import time
import unittest
from pathlib import Path

from support import SANITIZED, Pool, SystemTest, atoll, attackable_worker, wait_for

# A sanitizer turns a fault into a report and an exit.
DIE, DEATH = ("_attack.leave(1)", "exit") if SANITIZED else ("_attack.fault()", "crash")
PLACE = "import _attack\ndef f():\n    {}\ndef g():\n    f()\ng()\n"  # the third line does it


class AttackedPool(Pool):
    """Its workers have the module _attack."""

    def __init__(self, workers=1, *options):
        self.home = tempfile.mkdtemp()
        super().__init__(workers, "--worker-path", attackable_worker(self.home), *options)

    def __exit__(self, *error):
        super().__exit__(*error)
        shutil.rmtree(self.home)

    def run(self, source, *options):
        """The outcome of one job, as a dict."""
        said = self.atoll("submit", "--json", *options, "-c", source).stdout
        return json.loads(said[said.rindex('{"job"'):])

    def deaths(self):
        return [json.loads(line) for line in self.atoll("logs", "--deaths", "--json").stdout.splitlines()]


class Causes(SystemTest):
    def check(self, outcome, verdict, cause, line=3, function="f"):
        self.assertEqual((outcome["verdict"], outcome["death"]["cause"]), (verdict, cause), outcome)
        if line and not SANITIZED:
            self.assertEqual((outcome["death"]["stack"][0]["line"], outcome["death"]["stack"][0]["function"]), (line, function), outcome)

    def test_every_death_under_a_job_has_its_cause_and_its_line(self):
        with AttackedPool(2) as pool:
            if not SANITIZED:
                self.check(pool.run(PLACE.format("_attack.fault()")), "signal", "crash")
                self.check(pool.run(PLACE.format("import time; time.sleep(0.05); _attack.syscall(41, 1, 1, 0)")), "syscall", "syscall")
            self.check(pool.run(PLACE.format("import time; time.sleep(0.05); _attack.leave(3)")), "lost", "exit")
            self.check(pool.run(PLACE.format("_attack.hang()"), "-t", "0.2"), "timeout-wall", "timeout-wall")
            self.check(pool.run(PLACE.format("_attack.hang()"), "--cpu", "0.1"), "timeout-cpu", "timeout-cpu")
            self.check(pool.run(PLACE.format("_attack.syscall(1, 1, b'\\xc1nonsense', 9); _attack.hang()")), "protocol", "protocol", 0)
            self.check(pool.run("import _attack\nclass C:\n def __del__(self, leave=_attack.leave): leave(0)\nc = C()"), "lost", "exit", 0)
            self.assertEqual(len({death["cause"] for death in pool.deaths() if not death.get("expected")}), 4 if SANITIZED else 6)
            self.assertEqual(pool.run("1")["verdict"], "ok")
            wait_for(lambda: len(pool.pids()) == 2, 10, "the pool at its size")

    def test_what_a_job_can_be_ended_for_without_a_death(self):
        cases = [("x = []\nwhile True: x.append(bytearray(1 << 20))", "memory-hard", ["--memory-hard", "64M"]),
                 ("x = []\nwhile True: x.append(bytearray(1 << 20))", "memory", ["--memory", "64M"]),
                 ("while True: pass", "timeout-wall", ["-t", "0.1"]), ("while True: pass", "timeout-cpu", ["--cpu", "0.1"]),
                 ("while True: pass", "fuel", ["--fuel", "10000"]), ("while True: print('x' * 1000)", "output", ["--output", "10k"]),
                 ("def f(): f()\nf()", "recursion", [])]
        with AttackedPool(1) as pool:
            for source, verdict, options in cases:
                with self.subTest(verdict):
                    outcome = pool.run(source, *options)
                    self.assertEqual((outcome["verdict"], "death" in outcome), (verdict, False), outcome)
            self.assertLessEqual({death["cause"] for death in pool.deaths()}, {"retired"})

    def test_signals_from_outside_are_told_apart(self):
        with AttackedPool(1) as pool, pool.client() as client:
            for number, cause in ((signal.SIGKILL, "killed"), (signal.SIGTERM, "signal"), (signal.SIGXCPU, "rlimit")):
                job = client.call("submit", source="def f():\n    while True: pass\nf()")["job"]
                while True:
                    message = client.receive()
                    if message[:2] == [2, "started"]:
                        time.sleep(0.05)
                        os.kill(message[2]["pid"], number)
                    if message[:2] == [2, "outcome"]:
                        break
                death = message[2]["death"]
                self.assertEqual((message[2]["job"], death["cause"], death["signal"]), (job, cause, number))
                self.assertEqual(death["stack"][0], {"file": "<job>", "line": 2, "function": "f"})
                self.assertLess(death["age_us"], 100_000)

    def test_cancel_after_the_grace(self):
        with AttackedPool(1) as pool, pool.client() as client:
            job = client.call("submit", source=PLACE.format("_attack.hang()"))["job"]
            time.sleep(0.2)
            client.call("cancel", job=job)
            while (message := client.receive())[:2] != [2, "outcome"]:
                pass
            self.check(message[2], "cancelled", "cancel")
            if not SANITIZED:
                self.assertEqual(message[2]["death"]["native"], "hang()")


class Telling(SystemTest):
    @unittest.skipIf(SANITIZED, "a sanitizer takes the fault")
    def test_run_and_submit_say_where_it_was(self):
        with AttackedPool(1) as pool, tempfile.NamedTemporaryFile("w", suffix=".py") as program:
            program.write(PLACE.format("_attack.fault()"))
            program.flush()
            done = pool.atoll("submit", program.name)
            self.assertEqual(done.returncode, 128 + signal.SIGSEGV)
            self.assertIn("signal: worker killed by SIGSEGV", done.stderr)
            self.assertIn(f" at {program.name}:3 in f, in fault()\n  called from {program.name}:5 in g\n"
                          f"  called from {program.name}:6 in <module>\n", done.stderr)
            self.assertIn(f"{program.name}:3 in f", pool.atoll("status").stdout)

    def test_the_end_of_the_output_and_the_numbers_survive(self):
        with AttackedPool(1) as pool:
            source = ("import _attack\nx = bytearray(5 << 20)\nfor i in range(1000): print('line', i)\n"
                      "print('end \\u20ac', flush=True)\n_attack.leave(1)")
            death = pool.run(source)["death"]
            self.assertTrue(death["output"].endswith("line 999\nend \u20ac\n"), death)
            self.assertLessEqual(len(death["output"].encode()), 512)
            death = pool.run("import _attack, time\nx = bytearray(5 << 20)\nfor i in range(100000): pass\ntime.sleep(0.05)\n_attack.leave(1)")["death"]
            self.assertGreater(death["fuel"], 100_000)
            self.assertGreater(death["heap_bytes"], 5 << 20)
            self.assertGreaterEqual(death["heap_peak"], death["heap_bytes"])

    @unittest.skipIf(SANITIZED, "a sanitizer takes the fault")
    def test_deep_and_long_and_foreign_names_fit(self):
        source = ("import _attack\nexec(compile('def f(n):\\n if n: return f(n - 1)\\n _attack.fault()\\n', '/' + 'd\\u00e9' * 300 + '/end.py', 'exec'))\n"
                  "f.__code__ = f.__code__.replace(co_qualname='\\u4e2d' * 200 + '\\ud800')\nf(100)")
        with AttackedPool(1) as pool:
            death = pool.run(source)["death"]
            self.assertEqual((len(death["stack"]), death["depth"]), (16, 102))
            self.assertTrue(death["stack"][0]["file"].endswith("d\u00e9/end.py"))
            self.assertTrue(death["stack"][0]["function"].startswith("\u4e2d" * 20))

    @unittest.skipIf(SANITIZED, "a sanitizer takes the fault")
    def test_a_place_in_threads_and_generators(self):
        with AttackedPool(1) as pool:
            for source, line, function in (
                    ("import _attack, threading\ndef f():\n    _attack.fault()\nt = threading.Thread(target=f)\nt.start()\nt.join()", 3, "f"),
                    ("import _attack\ndef gen():\n    yield 1\n    _attack.fault()\nfor x in gen(): pass", 4, "gen"),
                    ("import _attack\nclass C:\n    def __lt__(self, other): _attack.fault()\nsorted([C(), C()])", 3, "C.__lt__")):
                death = pool.run(source)["death"]
                self.assertEqual((death["stack"][0]["line"], death["stack"][0]["function"]), (line, function), death)


class Living(SystemTest):
    def test_status_tells_where_a_job_is_that_runs(self):
        with AttackedPool(1) as pool, pool.client() as client:
            job = client.call("submit", source=PLACE.format("_attack.hang()"))["job"]
            worker = lambda: pool.status()["workers"][0]
            if not SANITIZED:
                self.assertEqual(wait_for(lambda: worker().get("at"), 5, "a place"), "<job>:3 in f, in hang()")
            wait_for(lambda: worker()["activity"] == "running", 5, "a job that runs")
            client.call("cancel", job=job)
            while client.receive()[:2] != [2, "outcome"]:
                pass
            wait_for(lambda: worker()["activity"] == "idle" and not worker().get("at"), 5, "an idle worker")


class MemoryGroup:
    """A control group of the machine's with little memory, of whichever version there is."""
    CASES = [("/sys/fs/cgroup/memory", "memory.limit_in_bytes"), ("/sys/fs/cgroup", "memory.max")]

    def __enter__(self):
        for root, limit in self.CASES:
            self.path = Path(root, f"atoll-test-{os.getpid()}")
            try:
                self.path.mkdir()
                Path(self.path, limit).write_text(str(160 << 20))
                self.root = root
                return self
            except OSError:
                if self.path.is_dir():
                    self.path.rmdir()
        raise unittest.SkipTest("no control group can be made here")

    @contextlib.contextmanager
    def inside(self):
        """What this process starts meanwhile is in the group."""
        groups = dict(line.split(":", 2)[1:] for line in Path("/proc/self/cgroup").read_text().splitlines())
        home = Path(self.root + groups["memory" if self.root.endswith("memory") else ""], "cgroup.procs")
        Path(self.path, "cgroup.procs").write_text(str(os.getpid()))
        try:
            yield
        finally:
            home.write_text(str(os.getpid()))

    def __exit__(self, *error):
        wait_for(lambda: not Path(self.path, "cgroup.procs").read_text(), 10, "the group to be empty")
        self.path.rmdir()


@unittest.skipIf(SANITIZED, "a sanitizer's memory is not the program's")
class OomKiller(SystemTest):
    def test_it_is_told_from_every_other_kill_with_its_evidence(self):
        eat = "def f():\n    x = []\n    while True:\n        x.append(bytearray(b'x' * (1 << 20)))\nf()"
        pool = AttackedPool(1)  # outside: the pages of its program are not the group's to drop and read again for ever
        with MemoryGroup() as group, contextlib.ExitStack() as stack:
            with group.inside():
                stack.enter_context(pool)
            outcome = pool.run(eat, "--memory", "600M")
            self.assertEqual((outcome["verdict"], outcome["death"]["cause"], outcome["signal"]), ("oom", "oom", 9), outcome)
            self.assertIn("oom_kill", outcome["detail"])
            self.assertIn(outcome["death"]["stack"][0]["line"], (3, 4))
            with pool.client() as client:
                job = client.call("submit", source="while True: pass")["job"]
                while (message := client.receive())[:2] != [2, "started"]:
                    pass
                os.kill(message[2]["pid"], signal.SIGKILL)
                while (message := client.receive())[:2] != [2, "outcome"]:
                    pass
                self.assertEqual((message[2]["job"], message[2]["death"]["cause"]), (job, "killed"))


class HostilePage(SystemTest):
    def test_garbage_on_the_page_while_it_runs_harms_nothing(self):
        with AttackedPool(2) as pool, pool.client() as client:
            client.call("submit", source="import _attack\nwhile True: _attack.scribble(1000)", limits={"wall_ms": 1500})
            end = time.monotonic() + 1
            while time.monotonic() < end:
                self.assertEqual(pool.atoll("status").returncode, 0)
                self.assertEqual(pool.run("6 * 7")["value"], 42)
            while (message := client.receive())[:2] != [2, "outcome"]:
                pass
            self.assertEqual(message[2]["verdict"], "timeout-wall")
            for _ in range(10):
                outcome = pool.run("import _attack\n_attack.scribble(7)\n" + DIE)
                self.assertEqual(outcome["death"]["cause"], DEATH)
            self.assertEqual(pool.atoll("logs", "--deaths").returncode, 0)
            self.assertEqual(len(pool.pids()), 2)
            self.assertNotIn("internal-error", pool.log())


class Inherited(SystemTest):
    def test_the_page_leaves_no_descriptor_open(self):
        with Pool(1) as pool:
            pid = wait_for(lambda: pool.status()["workers"][0]["state"] == "ready" and pool.pids()[0], 10, "a worker")
            if os.geteuid() != 0:
                self.skipTest("only root sees a worker's descriptors")
            self.assertEqual(sorted(os.listdir(f"/proc/{pid}/fd")), ["0", "1", "2"])
            maps = Path(f"/proc/{pid}/maps").read_text()
            self.assertEqual(maps.count("/memfd:atoll-telemetry"), 1)
        with tempfile.TemporaryDirectory() as granted:
            os.chmod(granted, 0o755)
            done = atoll("run", "--grant", f"read={granted}", "-c", f"import os; print(os.listdir({granted!r}))")
            self.assertEqual(done.stdout, "[]\n")

    def test_supervisor_keeps_no_page_of_the_dead(self):
        with AttackedPool(1) as pool:
            def pages():
                return Path(f"/proc/{pool.process.pid}/maps").read_text().count("/memfd:atoll-telemetry")
            for _ in range(20):
                pool.run("import _attack\n" + DIE)
            wait_for(lambda: len(pool.pids()) == 1, 10, "one worker")
            self.assertLessEqual(pages(), 2)  # the worker's, and that of the process the next one will come from


if __name__ == "__main__":
    unittest.main()
