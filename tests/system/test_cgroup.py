"""Control groups of version 2: workers are in groups of their own, bounded where the controllers are there, and it is told where not."""
import os
import tempfile
import unittest
from pathlib import Path

from support import ATOLL, Pool, SystemTest, atoll, wait_for


def version_2():
    """A folder of version 2 in which we may make groups, or None."""
    for line in Path("/proc/mounts").read_text().splitlines():
        kind, where = line.split()[2], line.split()[1]
        if kind == "cgroup2" and os.access(where, os.W_OK):
            return Path(where)
    return None


ROOT = version_2()


def own_group(pid):
    """Its path; "" for a process that has gone."""
    try:
        lines = Path(f"/proc/{pid}/cgroup").read_text().splitlines()
    except OSError:
        return ""
    return next((line[3:] for line in lines if line.startswith("0::")), "")


def layers(pool):
    return {worker["layers"]["cgroup"] for worker in pool.status()["workers"]}


class Cgroups(SystemTest):
    def setUp(self):
        if not ROOT:
            self.skipTest("no control groups of version 2 are ours")
        self.folder = ROOT / f"atoll-test-{os.getpid()}"
        try:
            self.folder.mkdir()
        except OSError as error:
            self.skipTest(f"no group can be made: {error}")
        self.addCleanup(self.remove)

    def remove(self):
        for group in self.folder.iterdir():
            if group.is_dir():
                group.rmdir()
        self.folder.rmdir()

    def controllers(self):
        return (ROOT / "cgroup.subtree_control").read_text().split()

    def test_each_worker_has_its_own(self):
        with Pool(2, "--cgroup", self.folder) as pool:
            wait_for(lambda: layers(pool) == {"active"})
            groups = {own_group(pid).rsplit("/", 1)[1] for pid in pool.pids()}
            self.assertEqual(groups, {"worker-1", "worker-2"})
            for _ in range(3):
                self.assertEqual(pool.atoll("submit", "--isolation", "process", "-c", "6 * 7").stdout, "42\n")
            wait_for(lambda: all("/worker-" in own_group(pid) for pid in pool.pids()))
        wait_for(lambda: not any(path.is_dir() for path in self.folder.iterdir()), 5, "the groups to be removed")

    def test_a_limit_is_set_or_its_lack_is_told(self):
        with Pool(1, "--cgroup", self.folder, "--cgroup-processes", "50") as pool:
            have = "pids" in self.controllers()
            wait_for(lambda: layers(pool) == {"active" if have else "unavailable"})
            if have:
                self.assertEqual((self.folder / "worker-1" / "pids.max").read_text(), "50\n")
            else:
                self.assertIn("worker-not-grouped", pool.log())

    def test_the_servers_own_group(self):
        """`auto`: as in a group that systemd hands down; the server makes room for its workers."""
        class Inside(Pool):
            def program(pool):
                return ["sh", "-c", f'echo $$ >"{self.folder}/cgroup.procs"; exec "$0" "$@"', ATOLL]

        with Inside(2, "--cgroup", "auto") as pool:
            wait_for(lambda: layers(pool) == {"active"})
            inside = f"/{self.folder.name}"
            self.assertTrue(own_group(pool.process.pid).endswith(f"{inside}/supervisor"))
            self.assertEqual({own_group(pid).rpartition(inside)[2] for pid in pool.pids()}, {"/worker-1", "/worker-2"})
        wait_for(lambda: [path.name for path in self.folder.iterdir() if path.is_dir()] == ["supervisor"], 5, "the groups to be removed")

    def test_memory(self):
        if "memory" not in self.controllers():
            self.skipTest("the memory controller is not ours")
        with Pool(1, "--cgroup", self.folder, "--cgroup-memory", "64M") as pool:
            done = pool.atoll("submit", "--memory", "1G", "-c", "x = bytearray(200 << 20)")
            self.assertIn("oom", done.stderr)


class Elsewhere(SystemTest):
    def test_what_is_no_group_is_told(self):
        with tempfile.TemporaryDirectory() as folder:
            for place in (folder, "/nowhere"):
                with Pool(1, "--cgroup", place) as pool:
                    self.assertEqual(layers(pool), {"unavailable"})
                    self.assertEqual(pool.atoll("submit", "-c", "6 * 7").stdout, "42\n")

    def test_not_asked_for(self):
        with Pool(1) as pool:
            self.assertEqual(layers(pool), {"off"})

    def test_required_and_missing(self):
        with tempfile.TemporaryDirectory() as folder:
            done = atoll("serve", "-w", 1, "-s", f"{folder}/s", "--cgroup", "/nowhere", "--require", "cgroup")
            self.assertEqual(done.returncode, 1)
            self.assertIn("sandbox layer cgroup is unavailable", done.stderr)


if __name__ == "__main__":
    unittest.main()
