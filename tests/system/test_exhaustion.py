"""A server for which the system has nothing left: no descriptors, no processes, no memory. What can wait waits, the rest is told, and all
goes on when there is some again."""
import contextlib
import os
import signal
import socket
import subprocess
import time
import unittest

from support import SANITIZED, SLOW, Pool, RpcError, SystemTest, wait_for

ORDINARY = 12345  # nobody's number; no limit of processes holds for root


def processor_seconds(pid):
    with open(f"/proc/{pid}/stat") as stat:
        fields = stat.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextlib.contextmanager
def limited(pid, what, soft, uid=0):
    """The process, which is that user's, has no more of it than that, for a while."""
    def prlimit(*words):
        user = ["setpriv", f"--reuid={uid}", f"--regid={uid}", "--clear-groups"] if uid else []
        return subprocess.run([*user, "prlimit", "--pid", str(pid), *words], capture_output=True, text=True, check=True).stdout.strip()

    before = prlimit(f"--{what}", "--raw", "--noheadings", "-o", "soft")
    prlimit(f"--{what}={soft}:")
    try:
        yield
    finally:
        prlimit(f"--{what}={before}:")


def values(client, jobs):
    """What the jobs came to, in their order: the value's repr, or the whole outcome."""
    told = {}
    while len(told) < len(jobs):
        name, outcome = client.event()
        if name == "outcome" and outcome["job"] in jobs:
            told[outcome["job"]] = outcome.get("value_repr", outcome)
    return [told[job] for job in jobs]


class Exhausted(SystemTest):
    def assertWorks(self, pool, workers):
        wait_for(lambda: [worker["state"] for worker in pool.status()["workers"]] == ["ready"] * workers, 15, "a whole pool")
        self.assertEqual(pool.atoll("submit", "-c", "6 * 7").stdout, "42\n")
        self.assertEqual(pool.atoll("submit", "--isolation", "process", "-c", "6 * 7").stdout, "42\n")
        self.assertNotIn("internal-error", pool.log())

    def test_no_descriptors(self):
        with Pool(2) as pool, pool.client() as client:
            self.assertWorks(pool, 2)
            pid, own = pool.process.pid, []
            used = max(int(fd) for fd in os.listdir(f"/proc/{pid}/fd")) + 1
            with limited(pid, "nofile", used):
                for _ in range(40):
                    own.append(socket.socket(socket.AF_UNIX))
                    own[-1].settimeout(5 * SLOW)
                    own[-1].connect(pool.socket)
                refused = 0
                for one in own:
                    with contextlib.suppress(TimeoutError, ConnectionError):
                        one.settimeout(0.2)
                        refused += one.recv(1) == b""
                self.assertGreater(refused, 20, "they hear that they are not wanted")
                self.assertEqual(client.run(source="6 * 7", value_as="repr")[0]["value_repr"], "42")
                os.kill(client.call("status")["workers"][0]["pid"], signal.SIGKILL)
                spent = processor_seconds(pid)
                jobs = [client.submit(source=f"{i}", value_as="repr") for i in range(20)]
                self.assertEqual(values(client, jobs), [str(i) for i in range(20)])
                time.sleep(1)
                self.assertLess(processor_seconds(pid) - spent, 0.7, "it does not run in circles")
            for one in own:
                one.close()
            self.assertWorks(pool, 2)
            self.assertEqual(pool.log().count('clients-refused cause="Too many open files"'), 1)

    @unittest.skipUnless(os.geteuid() == 0, "only root becomes somebody else")
    def test_no_processes(self):
        with Pool(2, "--template=no", "--restart-max", "3", "--restart-pause", "300ms", uid=ORDINARY) as pool, pool.client() as client:
            self.assertWorks(pool, 2)
            with limited(pool.process.pid, "nproc", 1, ORDINARY):
                jobs = [client.submit(source="import time; time.sleep(0.3); 1", value_as="repr", retries=3) for _ in range(4)]
                for worker in client.call("status")["workers"]:
                    os.kill(worker["pid"], signal.SIGKILL)
                waiting = client.submit(source="import os; os.getpid() > 0", isolation="process", value_as="repr")
                time.sleep(1)
                status = client.call("status")
                self.assertEqual((status["queued"], status.get("running", 0)), (5, 0), "they wait")
                self.assertIn("open", status["circuit"])
            self.assertEqual(values(client, [*jobs, waiting]), ["1"] * 4 + ["True"])
            self.assertIn("Resource temporarily unavailable", pool.log())
            self.assertWorks(pool, 2)

    @unittest.skipIf(SANITIZED, "a sanitizer's memory has no bounds")
    def test_no_memory(self):
        with Pool(1, "--queue-bytes", "2G", "--client-bytes", "2G") as pool, pool.client() as client:
            self.assertWorks(pool, 1)
            pid = pool.process.pid
            with open(f"/proc/{pid}/statm") as statm:
                used = int(statm.read().split()[0]) * os.sysconf("SC_PAGESIZE")
            running = client.submit(source="import time; time.sleep(1.5); 5", value_as="repr")
            with limited(pid, "as", used + (64 << 20)):
                accepted = []
                with self.assertRaises((RpcError, EOFError, ConnectionError)) as refused, pool.client() as greedy:
                    for i in range(60):
                        accepted.append(greedy.submit(source=f"#{'x' * (4 << 20)}\n{i}", on_disconnect="detach"))
                if isinstance(refused.exception, RpcError):
                    self.assertEqual(refused.exception.name, "no-memory")
                self.assertEqual(client.outcome(running)[0]["value_repr"], "5", "whoever is there already is served")
            for job in accepted:
                self.assertEqual(pool.atoll("attach", job).returncode, 0)
            self.assertWorks(pool, 1)


if __name__ == "__main__":
    unittest.main()
