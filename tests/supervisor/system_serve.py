"""`atoll serve` as its operator meets it: sockets, signals, the log, the end."""
import json
import os
import signal
import socket
import stat
import subprocess
import time
import unittest

from pool_harness import ATOLL, ENV, FOLDER, SLOW, Server, alive, atoll, main, wait_until


def serve_in_vain(path, *options):
    return atoll("serve", "-w", "1", "-s", path, *options, timeout=10)


class Sockets(unittest.TestCase):
    def test_the_socket_is_private(self):
        with Server() as server:
            mode = os.stat(server.path).st_mode
            self.assertTrue(stat.S_ISSOCK(mode))
            self.assertEqual(stat.S_IMODE(mode), 0o600)
        self.assertFalse(os.path.exists(server.path))

    def test_a_stale_socket_is_replaced(self):
        path = os.path.join(FOLDER, "stale.sock")
        old = socket.socket(socket.AF_UNIX)
        old.bind(path)
        old.close()
        with Server(path=path) as server:
            self.assertEqual(server.status()["workers"][0]["state"], "ready")

    def test_the_socket_of_a_killed_server_is_replaced(self):
        server = Server()
        server.process.kill()
        server.process.wait()
        server.process.stdout.close()
        server.process.stderr.close()
        with Server(path=server.path) as again:
            self.assertEqual(len(again.pids("ready")), 2)

    def test_a_socket_in_use_is_left_alone(self):
        with Server() as server:
            done = serve_in_vain(server.path)
            self.assertEqual(done.returncode, 1)
            self.assertEqual(done.stderr, f"atoll serve: {server.path} is in use by a running server\n")
            self.assertEqual(len(server.pids("ready")), 2)

    def test_what_is_no_socket_is_left_alone(self):
        path = os.path.join(FOLDER, "precious.txt")
        with open(path, "w") as file:
            file.write("precious")
        done = serve_in_vain(path)
        self.assertEqual(done.returncode, 1)
        self.assertEqual(done.stderr, f"atoll serve: {path} exists and is not a socket\n")
        with open(path) as file:
            self.assertEqual(file.read(), "precious")

    def test_bad_paths_are_told_in_one_line(self):
        for path, told in (("/nowhere/at/all.sock", "/nowhere/at/all.sock: No such file"), ("", "the socket path is empty"),
                           (os.path.join(FOLDER, "x" * 200), "the socket path is too long")):
            done = serve_in_vain(path)
            self.assertEqual(done.returncode, 1)
            self.assertEqual(done.stderr.count("\n"), 1)
            self.assertIn(told, done.stderr)

    def test_clients_without_a_server_say_so(self):
        for path in (os.path.join(FOLDER, "absent.sock"), "/etc/passwd"):
            for words in (("status",), ("submit", "-c", ""), ("stop",), ("cancel", "1"), ("drain",), ("scale", "1")):
                done = atoll(words[0], "-s", path, *words[1:])
                self.assertEqual((done.returncode, done.stdout, done.stderr.count("\n")), (1, "", 1), done.stderr)
                self.assertIn(path, done.stderr)

    def test_the_ready_line(self):
        with Server() as server:
            self.assertIn(server.path, server.ready)
        with Server("--json") as server:
            ready = json.loads(server.ready)
            self.assertEqual((ready["event"], ready["workers"], ready["pid"]), ("ready", 2, server.process.pid))
        for line in server.read_log().splitlines():
            self.assertIn("event", json.loads(line))

    def test_the_ready_line_is_json_whatever_the_path(self):
        path = os.path.join(FOLDER, 'a "quoted"\nname.sock')
        with Server("--json", path=path, workers=1) as server:
            self.assertEqual(json.loads(server.ready), {"event": "ready", "socket": path, "workers": 1, "pid": server.process.pid})

    def test_a_pool_that_cannot_start_says_so_and_ends(self):
        path = os.path.join(FOLDER, "dead.sock")
        for worker in ("/bin/true", "/etc/passwd"):
            done = atoll("serve", "-s", path, "-w", "2", "--worker-path", worker, timeout=20)
            self.assertEqual(done.returncode, 1, done.stderr)
            self.assertFalse(os.path.exists(path))


class Signals(unittest.TestCase):
    def test_term_finishes_what_was_accepted(self):
        with Server(workers=1) as server, server.client() as client:
            jobs = [client.submit("sleep 100;value 1", value_as="json") for _ in range(4)]
            server.process.send_signal(signal.SIGTERM)
            verdicts = [client.outcome(job)["verdict"] for job in jobs]
            self.assertEqual(verdicts, ["ok"] * 4)
            self.assertEqual(server.process.wait(5), 0)

    def test_term_refuses_new_jobs(self):
        with Server(workers=1) as server, server.client() as client:
            job = client.submit("sleep 300")
            server.process.send_signal(signal.SIGTERM)
            wait_until(lambda: "draining" in server.read_log())
            with self.assertRaisesRegex(Exception, "draining"):
                client.submit("value 1")
            self.assertEqual(client.outcome(job)["verdict"], "ok")

    def test_int_and_quit_end_everything_at_once(self):
        for number in (signal.SIGINT, signal.SIGQUIT):
            with Server(workers=2) as server, server.client() as client:
                jobs = [client.submit("hang") for _ in range(5)]
                wait_until(lambda: server.status()["running"] == 2)
                pids = server.pids()
                start = time.monotonic()
                server.process.send_signal(number)
                self.assertEqual(sorted(client.outcome(job)["verdict"] for job in jobs), ["cancelled"] * 5)
                self.assertEqual(server.process.wait(5), 0)
                self.assertLess(time.monotonic() - start, 5.0 * SLOW)
                for pid in pids:
                    self.assertFalse(alive(pid))

    def test_ttin_and_ttou_change_the_number_of_workers(self):
        with Server(workers=2) as server:
            server.process.send_signal(signal.SIGTTIN)
            wait_until(lambda: len(server.pids("ready")) == 3)
            for _ in range(2):
                server.process.send_signal(signal.SIGTTOU)
                time.sleep(0.05)
            wait_until(lambda: len(server.pids("ready")) == 1 and len(server.pids()) == 1)

    def test_hup_reads_the_config_again(self):
        config = os.path.join(FOLDER, "pool.conf")
        with open(config, "w") as file:
            file.write("timeout = 50ms\nlabel = unused\n")
        with Server("--config", config) as server, server.client() as client:
            self.assertEqual(client.outcome(client.submit("spin"))["verdict"], "timeout-wall")
            with open(config, "w") as file:
                file.write("timeout = 10s\n")
            server.process.send_signal(signal.SIGHUP)
            wait_until(lambda: "reloaded" in server.read_log())
            self.assertEqual(client.outcome(client.submit("sleep 200"))["verdict"], "ok")
            with open(config, "w") as file:
                file.write("tiemout = 10s\n")
            server.process.send_signal(signal.SIGHUP)
            wait_until(lambda: "not-reloaded" in server.read_log())
            self.assertEqual(client.outcome(client.submit("sleep 200"))["verdict"], "ok")

    def test_usr1_reopens_the_log(self):
        with Server() as server:
            os.rename(server.log, server.log + ".1")
            server.process.send_signal(signal.SIGUSR1)
            wait_until(lambda: os.path.exists(server.log))
            server.atoll("submit", "-c", "segv")
            wait_until(lambda: "SIGSEGV" in server.read_log())

    def test_the_workers_die_with_a_killed_supervisor(self):
        server = Server(workers=3)
        with server.client() as client:
            client.submit("hang")
            wait_until(lambda: server.status()["running"] == 1)
            pids = server.pids()
            self.assertEqual(len(pids), 3)
            server.process.kill()
            server.process.wait()
        for pid in pids:
            wait_until(lambda: not alive(pid), 2)
        server.process.stdout.close()
        server.process.stderr.close()


class Verbs(unittest.TestCase):
    def test_stop_waits_for_jobs_and_now_does_not(self):
        with Server() as server, server.client() as client:
            job = client.submit("sleep 200")
            done = server.atoll("stop")
            self.assertEqual((done.returncode, client.outcome(job)["verdict"]), (0, "ok"))
            self.assertEqual(server.process.wait(5), 0)
        with Server() as server, server.client() as client:
            job = client.submit("hang")
            start = time.monotonic()
            self.assertEqual(server.atoll("stop", "--now").returncode, 0)
            self.assertLess(time.monotonic() - start, 5.0 * SLOW)
            self.assertEqual(client.outcome(job)["verdict"], "cancelled")

    def test_drain_waits_until_idle(self):
        with Server() as server, server.client() as client:
            job = client.submit("sleep 300")
            start = time.monotonic()
            self.assertEqual(server.atoll("drain").returncode, 0)
            self.assertGreater(time.monotonic() - start, 0.2)
            self.assertEqual(client.outcome(job)["verdict"], "ok")
            self.assertTrue(server.status()["draining"])
            self.assertIn("takes no new jobs", server.atoll("submit", "-c", "").stderr)

    def test_scale(self):
        with Server(workers=1) as server:
            self.assertEqual(server.atoll("scale", "4").returncode, 0)
            wait_until(lambda: len(server.pids("ready")) == 4)
            self.assertEqual(server.atoll("scale", "2").returncode, 0)
            wait_until(lambda: len(server.pids()) == 2)
            self.assertEqual(server.atoll("scale", "100000").returncode, 1)

    def test_scaling_down_loses_no_job(self):
        with Server(workers=4) as server, server.client() as client:
            jobs = [client.submit("sleep 100") for _ in range(12)]
            server.atoll("scale", "1")
            self.assertEqual({client.outcome(job)["verdict"] for job in jobs}, {"ok"})
            wait_until(lambda: len(server.pids()) == 1)

    def test_status_for_people(self):
        with Server() as server:
            server.atoll("submit", "-c", "print x")
            shown = server.atoll("status").stdout
            for word in ("worker", "ready", "queue:", "verdicts: ok 1"):
                self.assertIn(word, shown)

    def test_status_for_programs(self):
        with Server() as server:
            status = server.status()
            self.assertEqual({worker["state"] for worker in status["workers"]}, {"ready"})
            self.assertEqual(status["workers"][0]["heap_bytes"], 12345)
            self.assertEqual(status["workers"][0]["layers"]["no-new-privs"], "active")


if __name__ == "__main__":
    main()
