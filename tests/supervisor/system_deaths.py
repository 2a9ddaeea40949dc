"""Death certificates: each way to end has a cause of its own, and what the worker's page said goes with it."""
import json
import os
import signal
import time
import unicodedata
import unittest

from pool_harness import SLOW, Server, alive, atoll, main, wait_until


def certificates(server):
    done = server.atoll("logs", "--deaths", "--json")
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def is_clean(text):
    return all(unicodedata.category(c) != "Cc" or c in "\n\t" for c in text)


class Causes(unittest.TestCase):
    def test_no_two_causes_share_a_name(self):
        cases = [("segv", "crash", "signal"), ("crash 9", "killed", "signal"), ("crash 15", "signal", "signal"),
                 ("crash 31", "syscall", "syscall"), ("crash 24", "rlimit", "rlimit"), ("exit 3", "exit", "lost"),
                 ("garbage", "protocol", "protocol"), ("closepipe", "protocol", "protocol")]
        with Server(workers=1) as server, server.client() as client:
            for source, cause, verdict in cases:
                with self.subTest(source):
                    outcome = client.outcome(client.submit(source))
                    self.assertEqual((outcome["verdict"], outcome["death"]["cause"]), (verdict, cause))
                    self.assertEqual(outcome["death"]["job"], outcome["job"])
                    self.assertEqual(certificates(server)[-1]["cause"], cause)

    def test_what_the_supervisor_does_has_causes_of_its_own(self):
        with Server(workers=1) as server, server.client() as client:
            slow = client.outcome(client.submit("hang", limits={"wall_ms": 50}))
            self.assertEqual((slow["verdict"], slow["death"]["cause"]), ("timeout-wall", "timeout-wall"))
            job = client.submit("hang")
            time.sleep(0.1)
            client.call("cancel", {"job": job})
            cancelled = client.outcome(job)
            self.assertEqual((cancelled["verdict"], cancelled["death"]["cause"]), ("cancelled", "cancel"))
            asked = client.outcome(client.submit("spin", limits={"wall_ms": 50}))
            self.assertEqual(asked["verdict"], "timeout-wall")
            self.assertNotIn("death", asked)  # it ended when asked: its worker died after it
            wait_until(lambda: certificates(server)[-1]["cause"] == "retired")

    def test_a_job_that_burns_its_processor_time_and_hears_nothing_is_killed(self):
        with Server(workers=1) as server, server.client() as client:
            outcome = client.outcome(client.submit("burn", limits={"cpu_ms": 100}))
            self.assertEqual((outcome["verdict"], outcome["death"]["cause"]), ("timeout-cpu", "timeout-cpu"))
            outcome = client.outcome(client.submit("deaf 600", limits={"cpu_ms": 100}))
            self.assertEqual(outcome["verdict"], "ok")  # it waited, and used none

    def test_departures_are_expected_and_told_apart(self):
        with Server("--recycle-jobs", "1", workers=1) as server, server.client() as client:
            client.outcome(client.submit("value 1"))
            wait_until(lambda: any(death["cause"] == "recycled" for death in certificates(server)))
            client.outcome(client.submit("value 1", isolation="process"))
            client.call("scale", {"workers": 2})
            wait_until(lambda: len(server.pids("ready")) == 2)
            client.call("scale", {"workers": 1})
            wait_until(lambda: any(death["cause"] == "released" for death in certificates(server)))
            self.assertTrue(all(death["expected"] for death in certificates(server)))
            self.assertEqual(server.status()["last_deaths"], [])

    def test_an_idle_worker_dies_without_a_job(self):
        with Server(workers=1) as server:
            os.kill(wait_until(lambda: server.pids("ready"))[0], signal.SIGKILL)
            death = wait_until(lambda: certificates(server))[0]
            self.assertEqual((death["cause"], death.get("job"), death.get("activity")), ("killed", None, "idle"))


class Page(unittest.TestCase):
    def test_the_place_and_the_numbers_come_from_the_page(self):
        with Server(workers=1) as server, server.client() as client:
            outcome = client.outcome(client.submit("at 12\nsegv"))
            death = outcome["death"]
            self.assertEqual(death["stack"], [{"file": "prog.py", "line": 12, "function": "f"}])
            self.assertEqual((death["fuel"], death["heap_bytes"]), (123, 4096))
            self.assertEqual(outcome["usage"]["fuel"], 123)
            done = server.atoll("submit", "-c", "at 12\nsegv")
            self.assertEqual(done.returncode, 128 + signal.SIGSEGV)
            self.assertIn("signal: worker killed by SIGSEGV at prog.py:12 in f\n", done.stderr)
            self.assertIn("at prog.py:12 in f", server.atoll("status").stdout)
            self.assertIn('at="prog.py:12 in f"', server.read_log())
        done = atoll("run", "-c", "at 7\ncrash 9")
        self.assertEqual((done.returncode, done.stderr),
                         (137, "atoll run: signal: worker killed by SIGKILL at prog.py:7 in f\n"))

    def test_a_place_of_an_earlier_job_is_not_told(self):
        with Server(workers=1) as server, server.client() as client:
            client.outcome(client.submit("at 12"))
            self.assertNotIn("stack", client.outcome(client.submit("segv"))["death"])

    def test_a_page_full_of_garbage_harms_nothing(self):
        with Server(workers=2) as server, server.client() as client:
            for _ in range(30):
                death = client.outcome(client.submit("scribble\nsegv"))["death"]
                self.assertEqual(death["cause"], "crash")
                self.assertLessEqual(len(death.get("stack", [])), 16)
                for place in death.get("stack", []):
                    self.assertTrue(is_clean(place["file"] + place["function"]), place)
                self.assertTrue(is_clean(death.get("output", "")))
            client.outcome(client.submit("scribble"))
            self.assertEqual(client.outcome(client.submit("value 1"))["verdict"], "ok")
            for words in (["status"], ["status", "--json"], ["logs"], ["logs", "--deaths"], ["logs", "--deaths", "--json"]):
                done = server.atoll(*words)
                self.assertEqual((done.returncode, done.stderr), (0, ""), words)
                self.assertTrue(is_clean(done.stdout), words)

    def test_a_worker_without_a_page_dies_as_well(self):
        with Server(workers=1) as server, server.client() as client:
            death = client.outcome(client.submit("mute\nsegv"))["death"]
            self.assertEqual((death["cause"], "stack" in death), ("crash", False))

    def test_it_is_the_supervisor_who_says_whose_death_it_was(self):
        with Server(workers=1) as server, server.client() as client:
            job = client.submit("value 1")
            client.outcome(job)
            self.assertNotIn("death", client.outcome(client.submit("lie")))


class Heartbeat(unittest.TestCase):
    def test_an_idle_worker_that_is_stopped_is_replaced(self):
        with Server("--heartbeat", "400ms", workers=2) as server, server.client() as client:
            pid = wait_until(lambda: server.pids("ready"))[0]
            os.kill(pid, signal.SIGSTOP)
            wait_until(lambda: not alive(pid))
            wait_until(lambda: len(server.pids("ready")) == 2)
            self.assertEqual(certificates(server)[-1]["cause"], "heartbeat")
            self.assertEqual(client.outcome(client.submit("value 1"))["verdict"], "ok")

    def test_a_job_sent_to_a_worker_that_is_stopped_runs_elsewhere(self):
        with Server("--heartbeat", "400ms", workers=1) as server, server.client() as client:
            pid = wait_until(lambda: server.pids("ready"))[0]
            os.kill(pid, signal.SIGSTOP)
            outcome = client.outcome(client.submit("value 1"))
            self.assertEqual(outcome["verdict"], "ok")
            self.assertNotEqual(outcome["pid"], pid)
            self.assertEqual(certificates(server)[0]["cause"], "heartbeat")

    def test_workers_that_answer_live_on(self):
        with Server("--heartbeat", "100ms", workers=2) as server, server.client() as client:
            pids = wait_until(lambda: len(server.pids("ready")) == 2 and server.pids())
            self.assertEqual(client.outcome(client.submit("sleep 500"))["verdict"], "ok")
            self.assertEqual(client.outcome(client.submit("at 1\ndeaf 500"))["verdict"], "ok")
            time.sleep(0.5)
            self.assertEqual(sorted(server.pids()), sorted(pids))


class Logs(unittest.TestCase):
    def test_lines_and_deaths_are_listed(self):
        with Server(workers=1) as server, server.client() as client:
            client.outcome(client.submit("at 5\nsegv", label="tag"))
            lines = server.atoll("logs").stdout
            self.assertIn("starting", lines)
            self.assertRegex(lines, r"worker-died .*why=crash cause=\"killed by SIGSEGV\" job=1")
            self.assertTrue(all(json.loads(line)["event"] for line in server.atoll("logs", "--json").stdout.splitlines()))
            deaths = server.atoll("logs", "--deaths").stdout
            self.assertRegex(deaths, r"crash: worker 1, pid \d+, job 1, attempt 1: worker killed by SIGSEGV at prog.py:5 in f\n")
            self.assertEqual(server.atoll("logs", "--deaths", "--json").stdout.count("\n"), 1)
            self.assertEqual(certificates(server)[0]["label"], "tag")

    def test_they_are_followed(self):
        import subprocess
        from pool_harness import ATOLL, ENV
        with Server(workers=1) as server, server.client() as client:
            follows = [subprocess.Popen([ATOLL, "logs", "-s", server.path, "--follow", *more], stdout=subprocess.PIPE, text=True, env=ENV)
                       for more in ([], ["--deaths"])]
            try:
                self.assertIn("starting", follows[0].stdout.readline())
                client.outcome(client.submit("at 5\nsegv"))
                self.assertIn("prog.py:5", follows[1].stdout.readline())
                line = follows[0].stdout.readline()
                while "worker-died" not in line:
                    self.assertTrue(line)
                    line = follows[0].stdout.readline()
            finally:
                for one in follows:
                    one.send_signal(signal.SIGINT)
                    self.assertEqual(one.wait(10 * SLOW), 0)
                    one.stdout.close()

    def test_what_is_remembered_is_bounded(self):
        with Server("--restart-max", "60", workers=2) as server, server.client() as client:
            for _ in range(100):
                client.outcome(client.submit("segv"))
            deaths = certificates(server)
            self.assertEqual(len(deaths), 64)
            self.assertEqual([death["seq"] for death in deaths], list(range(37, 101)))
            self.assertEqual(len(server.status()["last_deaths"]), 8)
            self.assertLessEqual(server.atoll("logs").stdout.count("\n"), 500)


if __name__ == "__main__":
    main()
