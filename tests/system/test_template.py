"""Workers that the template forks: confined as those that are started anew, quick to come, and nobody's but the supervisor's."""
import os
import re
import signal
import time
import unittest
from pathlib import Path

from support import SANITIZED, Pool, SystemTest, wait_for

STATUS = re.compile(r"^(Uid|Gid|Groups|NoNewPrivs|Seccomp|Seccomp_filters|CapInh|CapPrm|CapEff|CapBnd|CapAmb|SigIgn|Threads|PPid):.*$", re.M)


def template_pid(pool):
    found = re.findall(r"template-ready pid=(\d+)", pool.log())
    return int(found[-1]) if found else None


def facts(pid):
    """What the kernel tells of a process's confinement."""
    folder = Path(f"/proc/{pid}")
    stat = (folder / "stat").read_text().rsplit(")", 1)[1].split()
    return {
        "status": sorted(match.group(0) for match in STATUS.finditer((folder / "status").read_text())),
        "limits": (folder / "limits").read_text(),
        "environment": (folder / "environ").read_bytes(),
        "descriptors": sorted(os.listdir(folder / "fd")),
        "pipes": [os.readlink(folder / "fd" / str(fd)).split(":")[0] for fd in range(3)],
        "directory": os.readlink(folder / "cwd"),
        "leads its session": stat[3] == str(pid) and stat[2] == str(pid),
        "no terminal": stat[4] == "0",
        "apart from us": {name: os.readlink(folder / "ns" / name) != os.readlink(f"/proc/self/ns/{name}")
                          for name in ("ipc", "uts", "user", "pid", "net", "mnt")},
    }


def gone(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] in "ZX"
    except FileNotFoundError:
        return True


@unittest.skipIf(SANITIZED, "a sanitizer's runtime keeps things of its own open")
class Template(SystemTest):
    def forked(self, pool):
        """The processes of all workers, when each comes from the template."""
        wait_for(lambda: pool.ready() and template_pid(pool) or (pool.atoll("submit", "--isolation", "process", "-c", "1"), 0)[1], 10, "the template")
        before = set(pool.pids())
        for pid in before:
            os.kill(pid, signal.SIGKILL)
        return wait_for(lambda: (pids := {worker["pid"] for worker in pool.status()["workers"] if worker["state"] == "ready"})
                        and len(pids) == len(before) and not pids & before and pids, 10, "new workers")

    def test_confined_like_one_that_was_started(self):
        with Pool(2, "--template=no") as pool:
            wait_for(lambda: all(worker["state"] == "ready" for worker in pool.status()["workers"]), 10, "workers")
            wanted = facts(pool.pids()[0])
            layers = pool.status()["workers"][0]["layers"]
            supervisor = str(pool.process.pid)
        with Pool(2) as pool:
            pids = self.forked(pool)
            for pid in pids:
                found = facts(pid)
                mine = str(pool.process.pid)
                found["status"] = [line.replace(mine, supervisor) if line.startswith("PPid") else line for line in found["status"]]
                self.assertEqual(found, wanted)
            for worker in pool.status()["workers"]:
                self.assertEqual(worker["layers"], layers)

    def test_what_a_program_cannot_do(self):
        with Pool(1) as pool:
            self.forked(pool)
            for code in ("open('/etc/passwd')", "import os; os.fork()", "import socket; socket.create_connection(('127.0.0.1', 1))"):
                self.assertNotEqual(pool.atoll("submit", "--isolation", "process", "-c", code).returncode, 0, code)

    def test_they_die_with_the_supervisor(self):
        with Pool(3) as pool:
            pids = self.forked(pool) | {template_pid(pool)}
            pool.process.kill()
            pool.process.wait()
            wait_for(lambda: all(gone(pid) for pid in pids), 3, "the end of all workers")

    def test_the_pool_goes_on_without_it(self):
        with Pool(2) as pool:
            pids = self.forked(pool)
            old, deaths = template_pid(pool), pool.status()["deaths"]
            os.kill(old, signal.SIGKILL)
            wait_for(lambda: gone(old))
            self.assertTrue(all(not gone(pid) for pid in pids))
            for _ in range(5):
                self.assertEqual(pool.atoll("submit", "--isolation", "process", "-c", "6 * 7").stdout, "42\n")
            self.assertIn("template-ended", pool.log())
            wait_for(lambda: (pool.atoll("submit", "--isolation", "process", "-c", "1"), template_pid(pool) != old)[1], 10, "a new template")
            self.assertEqual(pool.status()["deaths"], deaths)

    def test_what_was_made_ahead_is_let_go(self):
        with Pool(1) as pool:
            self.forked(pool)
            wait_for(lambda: self.children(pool) == 2, 5, "a worker and the template")
            descriptors = len(os.listdir(f"/proc/{pool.process.pid}/fd"))
            with pool.client() as client:
                for _ in range(30):
                    client.run(source="1", isolation="process")
            wait_for(lambda: self.children(pool) == 2, 5, "a worker and the template")
            wait_for(lambda: len(os.listdir(f"/proc/{pool.process.pid}/fd")) <= descriptors, 5, "descriptors to be closed")

    def children(self, pool):
        return len(Path(f"/proc/{pool.process.pid}/task/{pool.process.pid}/children").read_text().split())

    def test_nothing_is_left_when_the_pool_ends(self):
        with Pool(2) as pool:
            pids = self.forked(pool) | {template_pid(pool)}
            self.assertEqual(pool.atoll("stop").returncode, 0)
            wait_for(lambda: all(gone(pid) for pid in pids), 3, "the end of all workers")

    def test_programs_do_not_share_what_is_random(self):
        code = "import os, random, uuid; (os.urandom(8), random.random(), uuid.uuid4(), os.getpid())"
        with Pool(1) as pool:
            self.forked(pool)
            seen = [pool.atoll("submit", "--isolation", "process", "-c", code).stdout for _ in range(4)]
            self.assertEqual(len(set(seen)), 4, seen)

    def test_fresh_jobs_of_a_forked_worker_see_nothing_of_each_other(self):
        leave = "import builtins, sys, json; builtins.left = 1; sys.modules['left'] = sys; int.__doc__, len(sys.modules)"
        look = "import builtins, sys; hasattr(builtins, 'left'), 'left' in sys.modules, 'json' in sys.modules"
        with Pool(1) as pool:
            pid, = self.forked(pool)
            for _ in range(3):
                self.assertEqual(pool.atoll("submit", "-c", look).stdout, "(False, False, False)\n")
                self.assertEqual(pool.atoll("submit", "-c", leave).returncode, 0)
            self.assertEqual(pool.pids(), [pid])

    def test_code_is_never_writable(self):
        with Pool(1) as pool:
            pid, = self.forked(pool)
            for process in (pid, template_pid(pool)):
                for line in Path(f"/proc/{process}/maps").read_text().splitlines():
                    self.assertNotRegex(line.split()[1], "w.*x", line)

    def test_a_worker_leaves_after_the_job_that_it_was_made_for(self):
        with Pool(1) as pool, pool.client() as client:
            self.forked(pool)
            pids = [client.run(source="1", isolation="process")[0]["pid"] for _ in range(5)]
            self.assertEqual(len(set(pids)), 5)
            wait_for(lambda: all(gone(pid) for pid in pids), 10, "their ends")
            wait_for(lambda: pool.atoll("logs", "--deaths").stdout.count("left: its one job has ended") >= 5, 10, "their certificates")

    def test_a_plan_that_a_fork_does_not_fit(self):
        for options in (("--require", "ns-ipc"), ("--without", "landlock"), ("--template=no",)):
            with Pool(1, *options) as pool:
                pool.atoll("submit", "--isolation", "process", "-c", "1")
                time.sleep(0.3)
                pool.atoll("submit", "--isolation", "process", "-c", "1")
                self.assertIsNone(template_pid(pool), options)


if __name__ == "__main__":
    unittest.main()
