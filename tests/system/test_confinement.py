"""What confines a worker, seen from outside and from within; and for each layer that leaving it out is noticed."""
import os
import pty
import re
import signal
import time
import unittest
from pathlib import Path

from support import ATOLL, BUILD, Pool, SystemTest, atoll, wait_for

ROOT_USER = os.geteuid() == 0
SANITIZED = "ATOLL_SANITIZE:BOOL=ON" in (BUILD / "CMakeCache.txt").read_text()
INHERITED = 9


def proc(pid, name):
    return Path(f"/proc/{pid}/{name}")


def status_of(pid):
    return dict(line.split(":\t", 1) for line in proc(pid, "status").read_text().splitlines() if ":\t" in line)


def limit_of(pid, name):
    return re.search(rf"^{name} +(\S+)", proc(pid, "limits").read_text(), re.MULTILINE)[1]


def ready_pid(pool):
    def find():
        worker = pool.status()["workers"][0]
        return worker["state"] == "ready" and worker["pid"]
    return wait_for(find, 10, "a worker that is ready")


def own_namespace(kind):
    return lambda pid: os.readlink(proc(pid, f"ns/{kind}")) != os.readlink(f"/proc/self/ns/{kind}")


# layer: (what shows it in a worker's /proc, what must be left out with it to see its absence, options that it needs)
PROBES = {
    "session": (lambda pid: os.getsid(pid) == pid, "", []),
    "rlimits": (lambda pid: limit_of(pid, "Max core file size") == "0" and limit_of(pid, "Max open files") == "64", "", []),
    "uid": (lambda pid: status_of(pid)["Uid"].split() == ["65534"] * 4, "", []),
    "no-new-privs": (lambda pid: status_of(pid)["NoNewPrivs"] == "1", ",landlock,seccomp", []),
    "descriptors": (lambda pid: not proc(pid, f"fd/{INHERITED}").exists() and proc(pid, "fd/1").exists(), "", []),
    "environment": (lambda pid: os.readlink(proc(pid, "cwd")) == "/" and proc(pid, "environ").read_bytes() == b"", "", []),
    "ns-ipc": (own_namespace("ipc"), "", []),
    "ns-uts": (own_namespace("uts"), "", []),
    "ns-net": (own_namespace("net"), "", ["--namespaces", "net"]),
    "ns-mount": (own_namespace("mnt"), "", ["--namespaces", "mount"]),
    "ns-pid": (own_namespace("pid"), "", ["--namespaces", "pid"]),
    "seccomp": (lambda pid: status_of(pid)["Seccomp"] == "2", "", []),
}
LOCKDOWN = {"dumpable", "landlock", "seccomp"}
ORDINARY = 12345  # nobody's number


class TerminalPool(Pool):
    """Its server leads a session on a terminal."""

    def __init__(self, terminal, *words):
        super().__init__(*words, inherited=[terminal])
        self.terminal = terminal

    def program(self):
        return ["sh", "-c", f'exec setsid --ctty "$0" "$@" <&{self.terminal}', ATOLL]


@unittest.skipUnless(ROOT_USER, "only root sees all of another process's /proc")
class Layers(SystemTest):
    def shown(self, layer, *options):
        """Whether a worker of a pool with these options shows the layer."""
        probe, _, needed = PROBES[layer]
        read, write = os.pipe()
        os.dup2(read, INHERITED, inheritable=True)
        try:
            with Pool(1, *needed, *options, inherited=[INHERITED]) as pool:
                return probe(ready_pid(pool))
        finally:
            for fd in (read, write, INHERITED):
                os.close(fd)

    def test_each_layer_shows_and_is_missed_when_left_out(self):
        for layer, (_, besides, _) in PROBES.items():
            if SANITIZED and layer in LOCKDOWN:
                continue
            with self.subTest(layer):
                self.assertTrue(self.shown(layer), "not there")
                self.assertFalse(self.shown(layer, "--without", layer + besides), "there without the layer")

    def test_a_stopped_worker_outlives_its_supervisor_only_without_pdeathsig(self):
        for options, lives in (((), False), (("--without", "pdeathsig"), True)):
            with Pool(1, *options) as pool:
                pid = ready_pid(pool)
                os.kill(pid, signal.SIGSTOP)  # it cannot see that its pipes are closed
                pool.process.kill()
                pool.process.wait()
                if lives:
                    time.sleep(0.3)
                    self.assertEqual(status_of(pid)["State"][0], "T")
                    os.kill(pid, signal.SIGKILL)
                wait_for(lambda: not proc(pid, "").exists() or status_of(pid)["State"][0] in "ZX", 3, "its end")

    def test_no_controlling_terminal(self):
        for options, has_one in (((), False), (("--without", "session"), True)):
            leader, terminal = pty.openpty()
            try:
                with TerminalPool(terminal, 1, *options) as pool:
                    numbers = [proc(pid, "stat").read_text().rsplit(")", 1)[1].split()[4] for pid in (pool.process.pid, ready_pid(pool))]
                    self.assertNotEqual(numbers[0], "0", "the server has one")
                    self.assertEqual(numbers[1] != "0", has_one, options)
            finally:
                os.close(leader)
                os.close(terminal)

    def test_an_ordinary_users_workers_have_a_user_namespace(self):
        shown = own_namespace("user")
        for options, state in (((), "active"), (("--without", "ns-user"), "off")):
            with Pool(1, *options, uid=ORDINARY) as pool:
                self.assertEqual(pool.status()["workers"][0]["layers"]["ns-user"], state)
                self.assertEqual(shown(ready_pid(pool)), state == "active")
                self.assertEqual(status_of(ready_pid(pool))["CapEff"].strip("0"), "")

    def test_everything_works_as_an_ordinary_user(self):
        with Pool(2, "--spares", "1", uid=ORDINARY) as pool:
            for isolation in ("fresh", "session", "process"):
                self.assertEqual(pool.atoll("submit", "--isolation", isolation, "-c", "6 * 7").stdout, "42\n")
            os.kill(pool.pids()[0], signal.SIGKILL)
            wait_for(lambda: len(pool.pids()) == 3, 10, "a whole pool")
            for worker in pool.status()["workers"]:
                self.assertEqual({layer for layer, state in worker["layers"].items() if state != "active"} - (LOCKDOWN if SANITIZED else set()),
                                 {"uid", "ns-pid", "ns-mount", "ns-net", "cgroup", "grants"})
            self.assertNotEqual(pool.atoll("submit", "-c", "open('/etc/passwd')").returncode, 0)
            self.assertEqual(pool.atoll("stop").returncode, 0)
            self.assertEqual(pool.process.wait(10), 0)

    @unittest.skipIf(SANITIZED, "a sanitizer's runtime needs /proc")
    def test_the_worker_is_not_dumpable(self):
        for options, owner in (((), 0), (("--without", "dumpable"), 65534)):
            with Pool(1, *options) as pool:
                self.assertEqual(os.stat(proc(ready_pid(pool), "io")).st_uid, owner)


class Check(SystemTest):
    def rows(self, done):
        return {line.split()[0]: line.split()[1] for line in done.stdout.splitlines()[1:19] if line}

    def test_it_lists_the_layers_of_a_real_worker(self):
        done = atoll("check")
        rows = self.rows(done)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        for layer in ("session", "rlimits", "pdeathsig", "no-new-privs", "descriptors", "environment"):
            self.assertEqual(rows[layer], "active", layer)
        self.assertEqual(rows["uid" if not ROOT_USER else "ns-user"], "off")

    @unittest.skipIf(SANITIZED, "a sanitizer's runtime needs what the lockdown forbids")
    def test_nothing_of_an_attack_works(self):
        done = atoll("check", "--attack", timeout=120)
        self.assertEqual(done.returncode, 0, done.stdout)
        self.assertRegex(done.stdout, r"(?m)^open a file +killed: ")
        self.assertRegex(done.stdout, r"(?m)^open\(\) from Python +refused: PermissionError")
        self.assertRegex(done.stdout, r"\d+ attempts by name and all \d{3} system calls that the policy does not list: none worked")

    @unittest.skipIf(SANITIZED, "a sanitizer's runtime needs what the lockdown forbids")
    def test_an_attack_works_where_seccomp_is_left_out(self):
        done = atoll("check", "--attack", "--without", "seccomp", timeout=120)
        self.assertEqual(done.returncode, 1, done.stdout)
        self.assertEqual(self.rows(done)["seccomp"], "off")
        self.assertRegex(done.stdout, r"(?m)^make a pair of sockets +WORKED")

    @unittest.skipIf(SANITIZED, "a sanitizer's runtime needs what the lockdown forbids")
    def test_landlock_alone_keeps_files_closed(self):
        if self.rows(atoll("check"))["landlock"] == "unavailable":
            self.skipTest("this kernel has no Landlock")
        done = atoll("check", "--attack", "--without", "seccomp", timeout=120)
        self.assertRegex(done.stdout, r"(?m)^open a file +refused: EACCES")
        bare = atoll("check", "--attack", "--without", "seccomp,landlock", timeout=120)
        self.assertRegex(bare.stdout, r"(?m)^open a file +WORKED")

    def test_a_program_cannot_reach_the_raw_calls(self):
        done = atoll("run", "-c", "import _attack")
        self.assertIn("ModuleNotFoundError: No module named '_attack'", done.stderr)

    def test_an_unknown_layer_is_a_usage_error(self):
        done = atoll("run", "--without", "armour", "-c", "1")
        self.assertEqual((done.returncode, "no layer is called 'armour'" in done.stderr), (2, True))


class Limits(SystemTest):
    def test_threads(self):
        code = ("import threading\nstop = threading.Event()\nn = 0\ntry:\n    while True:\n"
                "        threading.Thread(target=stop.wait, daemon=True).start(); n += 1\n"
                "except RuntimeError as error:\n    print(n, error)\nstop.set()")
        self.assertEqual(atoll("run", "--threads", "5", "-c", code).stdout, "5 can't start new thread\n")

    def test_recursion(self):
        code = "import sys\nsys.setrecursionlimit({})\ndef f(n): return n and f(n - 1)\nf({})\nprint(sys.getrecursionlimit())"
        self.assertEqual(atoll("run", "-c", code.format(5000, 3000)).stdout, "5000\n")
        self.assertEqual(atoll("run", "--recursion", "60", "-c", code.format(5000, 40)).stdout, "60\n")
        self.assertEqual(atoll("run", "--recursion", "60", "-c", code.format(50, 20)).stdout, "50\n")
        done = atoll("run", "--recursion", "60", "-c", code.format(5000, 100))
        self.assertIn("recursion", done.stderr.splitlines()[-1])
        self.assertNotEqual(done.returncode, 0)

    def test_the_servers_maxima_hold_for_who_asks_for_nothing(self):
        threads = ("import threading\nstop = threading.Event()\nn = 0\ntry:\n    while True:\n"
                   "        threading.Thread(target=stop.wait, daemon=True).start(); n += 1\nexcept RuntimeError:\n    stop.set()\nn")
        with Pool(1, "--max-threads", "3", "--max-recursion", "70", "--max-result", "2K") as pool:
            self.assertEqual(pool.atoll("submit", "-c", threads).stdout, "3\n")
            self.assertEqual(pool.atoll("submit", "-c", "import sys; sys.setrecursionlimit(500); sys.getrecursionlimit()").stdout, "70\n")
            self.assertIn("more than 2048 bytes", pool.atoll("submit", "-c", "'x' * 5000").stderr)
            self.assertIn("limits.threads: 4 is above the server's maximum of 3", pool.atoll("submit", "--threads", "4", "-c", "1").stderr)

    def test_absurd_numbers_are_large_ones(self):
        source = ("import threading\nt = threading.Thread(target=print, args=('x',)); t.start(); t.join()\n"
                  "def f(n): return n and f(n - 1) + 1\n(f(300), len(bytes(1000)))")
        largest = (1 << 64) - 1
        with Pool(1) as pool, pool.client() as client:
            for limit in ("wall_ms", "cpu_ms", "fuel", "heap_soft", "heap_hard", "output_bytes", "recursion", "threads", "result_bytes"):
                for number in (largest, largest - 1, 1 << 63, 1 << 53, largest // 1000 + 1, largest // 10 ** 6 + 1, (1 << 32) + 1, 1 << 32, 1 << 31):
                    outcome, output, _ = client.run(source=source, limits={limit: number}, value_as="repr", want_output=True)
                    self.assertEqual((outcome["verdict"], outcome.get("value_repr"), output), ("ok", "(300, 1000)", "x\n"), (limit, number))
            for field, number in (("deadline_ms", largest), ("retries", largest), ("priority", 1 << 62), ("priority", -(1 << 63))):
                self.assertEqual(client.run(source="1", **{field: number})[0]["verdict"], "ok", (field, number))

    def test_result(self):
        with Pool(1) as pool:
            done = pool.atoll("submit", "--result", "1K", "-c", "'x' * 5000")
            self.assertNotEqual(done.returncode, 0)
            self.assertIn("ValueError: cannot send result: its repr takes more than 1024 bytes", done.stderr)


if __name__ == "__main__":
    unittest.main()
