"""What an operator does to a running pool: configuration and reloads, metrics, `top`, a service manager, recycling."""
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import time
import unittest

from pool_harness import ATOLL, ENV, FOLDER, SLOW, Server, alive, atoll, main, wait_until


def write(name, text):
    path = os.path.join(FOLDER, name)
    with open(path, "w") as file:
        file.write(text)
    return path


class Config(unittest.TestCase):
    def check(self, text):
        path = write("checked.conf", text)
        done = atoll("check-config", path)
        return done.returncode, done.stdout.replace(path, "FILE"), done.stderr.replace(path, "FILE")

    def test_a_good_file(self):
        text = "# a pool\nworkers = 4\ntimeout = 2s # each\nmax-timeout = 1m\nlabel = x\nmetrics = 9464\nlog-format = json\n"
        self.assertEqual(self.check(text), (0, "FILE: 6 settings, no errors\n", ""))

    def test_every_fault_is_told_with_its_line(self):
        code, out, err = self.check(
            "wrokers = 2\nnonsense\nworkers = -1\ndepth = 0\ntimeout = 10s\nmax-timeout = 1s\n\nmemory = 99999T\n"
            "log-level = loud\nqueue = 5\nqueue = 6\npriority = 99\nnamespaces = users\ngrant = read=/nowhere\n"
            "metrics = here\nclock = noon\nseed = many\nconfig = other\n")
        self.assertEqual((code, out), (2, ""))
        self.assertEqual(err.splitlines(), [
            "FILE:1: unknown key 'wrokers'; did you mean 'workers'?",
            "FILE:2: expected `key = value`",
            "FILE:3: workers wants a count such as 8 or 10k, not '-1'",
            "FILE:4: depth must be between 1 and 4096, not '0'",
            "FILE:5: timeout (10s) is above max-timeout (1s)",
            "FILE:8: memory must be between 0 B and 1024 TiB, not '99999T'",
            "FILE:9: log-level must be debug, info, warn or error, not 'loud'",
            "FILE:11: queue was given on line 10 already",
            "FILE:12: priority must be between -8 and 7, not '99'",
            "FILE:13: no namespace is called 'users'",
            err.splitlines()[10],
            "FILE:15: an address such as 9464, 127.0.0.1:9464 or [::1]:9464 is wanted, not 'here'",
            "FILE:16: clock wants a time such as 2024-05-06T07:08:09Z, @1700000000 or now, then ,RATE or ,frozen, not 'noon'",
            "FILE:17: seed wants a count such as 8 or 10k, not 'many'",
            "FILE:18: unknown key 'config'",
        ])
        self.assertTrue(err.splitlines()[10].startswith("FILE:14: "), err)

    def test_no_file(self):
        for words in (("/nowhere/x.conf",), (), ("a", "b")):
            self.assertEqual(atoll("check-config", *words).returncode, 2)

    def test_serve_refuses_the_same(self):
        path = write("bad.conf", "timeout = 10s\nmax-timeout = 1s\n")
        done = atoll("serve", "--config", path)
        self.assertEqual(done.returncode, 2)
        self.assertIn(f"{path}:1: timeout (10s) is above max-timeout (1s)", done.stderr)
        for words in (("-w", "2000"), ("--depth", "0"), ("--timeout", "10s", "--max-timeout", "1s"), ("--log-format", "xml")):
            self.assertEqual(atoll("serve", *words).returncode, 2, words)
        self.assertEqual(atoll("serve", env={"ATOLL_WORKERS": "5000"}).returncode, 2)


class Reload(unittest.TestCase):
    def test_what_can_change_changes_and_what_cannot_is_named(self):
        config = write("reload.conf", "timeout = 10s\nqueue = 50\nnamespaces = none\n")
        with Server("--config", config) as server, server.client() as client:
            self.assertEqual(server.atoll("reload").stdout, "nothing changed\n")
            write("reload.conf", "timeout = 50ms\nqueue = 7\nnamespaces = uts\nseed = 4\nrecycle-jobs = 1000\nlog-format = json\n")
            done = server.atoll("reload")
            self.assertEqual(done.stdout, "changed: timeout, queue, recycle-jobs, log-format\n"
                                          "kept, for they cannot change while the server runs: seed, namespaces\n")
            self.assertEqual(server.status()["queue_capacity"], 7)
            self.assertEqual(client.outcome(client.submit("spin"))["verdict"], "timeout-wall")
            last = json.loads(server.read_log().splitlines()[-1])
            self.assertIn("event", last)
            self.assertIn('option-kept', server.read_log())

    def test_a_bad_file_changes_nothing(self):
        config = write("reload2.conf", "queue = 50\n")
        with Server("--config", config) as server:
            write("reload2.conf", "queue = 60\ntimeout = 2s\nmax-timeout = 1s\n")
            done = server.atoll("reload")
            self.assertEqual(done.returncode, 1)
            self.assertIn(f"{config}:2: timeout (2s) is above max-timeout (1s)", done.stderr)
            write("reload2.conf", "queue = 60\nlog = /nowhere/at/all\n")
            self.assertEqual(server.atoll("reload").returncode, 0)  # the flag --log is stronger
            self.assertEqual(server.status()["queue_capacity"], 60)
            write("reload2.conf", "queue = 70\nmetrics = 192.0.2.1:1\n")
            self.assertEqual(server.atoll("reload").returncode, 1)
            self.assertEqual(server.status()["queue_capacity"], 60)

    def test_size_follows_the_file_and_scale_holds(self):
        config = write("reload3.conf", "spares = 0\n")
        with Server("--config", config, workers=1) as server:
            self.assertEqual(server.atoll("scale", "3").returncode, 0)
            self.assertEqual(server.atoll("reload").returncode, 0)
            self.assertEqual(server.status()["wanted"], 3)
            write("reload3.conf", "spares = 2\n")
            self.assertEqual(server.atoll("reload").stdout, "changed: spares\n")
            wait_until(lambda: server.status()["spares"] == 2)
            self.assertEqual(len(server.pids()), 5)

    def test_jobs_survive_a_storm_of_reloads(self):
        config = write("reload4.conf", "queue = 50\n")
        with Server("--config", config, workers=2) as server, server.client() as client:
            jobs = [client.submit("sleep 20") for _ in range(40)]
            for size in range(30):
                write("reload4.conf", f"queue = {size + 50}\nspares = {size % 3}\n")
                server.process.send_signal(signal.SIGHUP)
                time.sleep(0.01)
            self.assertEqual({client.outcome(job)["verdict"] for job in jobs}, {"ok"})


def get(address, request=b"GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n", timeout=10):
    host, port = address.rsplit(":", 1)
    with socket.create_connection((host.strip("[]"), int(port)), timeout=timeout * SLOW) as connection:
        connection.sendall(request)
        answer = b""
        while data := connection.recv(1 << 16):
            answer += data
    head, _, body = answer.partition(b"\r\n\r\n")
    return head.decode(), body.decode()


def answers(address):
    """Whether the page can be had: not while others hold all connections."""
    try:
        return "200 OK" in get(address)[0]
    except OSError:
        return False


def samples(body):
    return {line.rsplit(" ", 1)[0]: float(line.rsplit(" ", 1)[1]) for line in body.splitlines() if not line.startswith("#")}


class Metrics(unittest.TestCase):
    def test_the_page(self):
        with Server("--metrics", "0", workers=2) as server, server.client() as client:
            where = server.status()["metrics"]
            self.assertTrue(where.startswith("127.0.0.1:"), where)
            for _ in range(5):
                self.assertEqual(client.outcome(client.submit("value 1"))["verdict"], "ok")
            self.assertEqual(client.outcome(client.submit("segv"))["verdict"], "signal")
            wait_until(lambda: len(server.pids("ready")) == 2)
            head, body = get(where)
            self.assertTrue(head.startswith("HTTP/1.1 200 OK\r\nContent-Type: text/plain; version=0.0.4"), head)
            found = samples(body)
            self.assertEqual(found['atoll_jobs_ended_total{verdict="ok"}'], 5)
            self.assertEqual(found['atoll_jobs_ended_total{verdict="signal"}'], 1)
            self.assertEqual(found["atoll_jobs_accepted_total"], 6)
            self.assertEqual(found['atoll_workers{state="ready"}'], 2)
            self.assertEqual(found['atoll_worker_deaths_total{cause="crash"}'], 1)
            self.assertEqual(found["atoll_job_queue_seconds_count"], 6)
            self.assertEqual(found['atoll_job_duration_seconds_bucket{le="+Inf"}'], found["atoll_job_duration_seconds_count"])
            self.assertEqual(found["atoll_worker_start_seconds_count"], 3)
            self.assertGreater(found["process_resident_memory_bytes"], 100000)
            bounds = [float(bound) for bound in re.findall(r'job_duration_seconds_bucket{le="([\d.]+)"}', body)]
            self.assertEqual(bounds, sorted(bounds))

    def test_openmetrics(self):
        with Server("--metrics", "127.0.0.1:0") as server:
            request = b"GET /metrics HTTP/1.1\r\nHost: x\r\nAccept: application/openmetrics-text;version=1.0.0,*/*;q=0.1\r\n\r\n"
            head, body = get(server.status()["metrics"], request)
            self.assertIn("Content-Type: application/openmetrics-text; version=1.0.0; charset=utf-8", head)
            self.assertTrue(body.endswith("\n# EOF\n"))
            for family, kind in re.findall(r"^# TYPE (\S+) (\S+)$", body, re.M):
                names = {name for name in re.findall(r"^([a-z_]+)", body, re.M) if name.startswith(family)}
                suffix = {"counter": "_total", "info": "_info", "histogram": "_bucket", "gauge": ""}[kind]
                self.assertIn(family + suffix, names)
                self.assertIn(f"# HELP {family} ", body)
            for name, unit in re.findall(r"^# UNIT (\S+) (\S+)$", body, re.M):
                self.assertTrue(name.endswith("_" + unit), name)

    @unittest.skipUnless(shutil.which("promtool"), "no promtool")
    def test_promtool_likes_it(self):
        with Server("--metrics", "0") as server:
            _, body = get(server.status()["metrics"])
            done = subprocess.run(["promtool", "check", "metrics"], input=body, capture_output=True, text=True)
            self.assertEqual((done.returncode, done.stdout), (0, ""), done.stderr)

    def test_other_requests(self):
        cases = [(b"HEAD /metrics HTTP/1.1\r\n\r\n", "200 OK"), (b"GET / HTTP/1.1\r\n\r\n", "404 Not Found"),
                 (b"GET /metrics?x=1 HTTP/1.0\r\n\r\n", "200 OK"), (b"POST /metrics HTTP/1.1\r\n\r\n", "405 Method Not Allowed"),
                 (b"\r\n\r\n", "400 Bad Request"), (b"GET\r\n\r\n", "400 Bad Request"), (b"GET /metrics\r\n\r\n", "400 Bad Request"),
                 (b"GET /metrics HTTP/2.0\r\n\r\n", "400 Bad Request"), (b"GET metrics HTTP/1.1\r\n\r\n", "400 Bad Request"),
                 (b"G\0T /metrics HTTP/1.1\r\n\r\n", "400 Bad Request"), (b"\xff" * 64 + b"\r\n\r\n", "400 Bad Request"),
                 (b"GET /" + b"a" * 9000, "431 Request Header Fields Too Large"),
                 (b"GET /metrics HTTP/1.1\r\n" + b"X: y\r\n" * 2000, "431 Request Header Fields Too Large")]
        with Server("--metrics", "0") as server:
            where = server.status()["metrics"]
            for request, wanted in cases:
                try:
                    head, body = get(where, request)
                except ConnectionResetError:
                    self.assertIn("431", wanted)  # what was not read resets the connection
                    continue
                self.assertTrue(head.startswith("HTTP/1.1 " + wanted), (request[:40], head))
                self.assertEqual(body == "", request.startswith(b"HEAD"))
            self.assertIn("200 OK", get(where)[0])

    def test_hostile_peers_are_bounded(self):
        with Server("--metrics", "0") as server:
            where = server.status()["metrics"]
            host, port = where.split(":")
            before, held = server.descriptors(), []
            for _ in range(100):
                connection = socket.create_connection((host, int(port)))
                connection.sendall(b"GET /metr")
                held.append(connection)
            time.sleep(0.2)
            self.assertLess(server.descriptors(), before + 20)
            self.assertEqual(server.atoll("submit", "-c", "value 1").returncode, 0)
            for connection in held:
                connection.close()
            wait_until(lambda: answers(where))
            slow = socket.create_connection((host, int(port)))
            start = time.monotonic()
            slow.settimeout(20 * SLOW)
            try:
                self.assertEqual(slow.recv(10), b"")
            except ConnectionResetError:
                pass
            self.assertLess(time.monotonic() - start, 10 * SLOW)
            slow.close()
            wait_until(lambda: server.descriptors() <= before + 1)

    def test_the_address_moves_with_a_reload(self):
        config = write("metrics.conf", "metrics = 0\n")
        with Server("--config", config) as server:
            first = server.status()["metrics"]
            write("metrics.conf", "metrics = 127.0.0.1:0\n")
            server.atoll("reload")
            second = server.status()["metrics"]
            self.assertNotEqual(first, second)
            self.assertIn("200 OK", get(second)[0])
            with self.assertRaises(OSError):
                get(first)
            write("metrics.conf", "")
            server.atoll("reload")
            self.assertNotIn("metrics", server.status())

    def test_an_address_in_use(self):
        with Server("--metrics", "0") as server:
            done = atoll("serve", "-s", os.path.join(FOLDER, "second.sock"), "--metrics", server.status()["metrics"])
            self.assertEqual(done.returncode, 1)
            self.assertIn("cannot listen: address already in use", done.stderr)
            self.assertFalse(os.path.exists(os.path.join(FOLDER, "second.sock")))


class Top(unittest.TestCase):
    def test_one_picture(self):
        with Server("--spares", "1", workers=2) as server:
            wait_until(lambda: server.status()["spares"] == 1)
            server.atoll("submit", "-c", "value 1")
            done = server.atoll("top", "--once")
            self.assertEqual(done.returncode, 0, done.stderr)
            for word in ("2 workers wanted, 1 spare", "0 waiting of 100000", "ok 1 (", "resident", "spare"):
                self.assertIn(word, done.stdout)
            self.assertNotIn("\x1b", done.stdout)

    def test_without_a_terminal_it_says_so(self):
        with Server() as server:
            self.assertEqual(server.atoll("top").returncode, 2)

    def test_on_a_terminal(self):
        import pty
        with Server() as server:
            pid, screen = pty.fork()
            if pid == 0:
                os.execve(ATOLL, ["atoll", "top", "-s", server.path, "--interval", "50ms"], ENV)
            seen = b""
            while seen.count(b"wanted") < 3:
                seen += os.read(screen, 65536)
            os.write(screen, b"q")
            try:
                while data := os.read(screen, 65536):
                    seen += data
            except OSError:
                pass
            self.assertEqual(os.waitpid(pid, 0)[1], 0)
            self.assertIn(b"\x1b[?1049h", seen)
            self.assertTrue(seen.endswith(b"\x1b[?1049l"), seen[-40:])
            os.close(screen)


class Manager(unittest.TestCase):
    def test_notify_and_watchdog(self):
        path = os.path.join(FOLDER, "notify.sock")
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listener:
            listener.bind(path)
            listener.settimeout(10 * SLOW)
            told = []

            def until(wanted):
                while not any(wanted in text for text in told):
                    told.append(listener.recv(4096).decode())

            with Server(env={"NOTIFY_SOCKET": path, "WATCHDOG_USEC": "100000"}) as server:
                until("READY=1")
                until("WATCHDOG=1")
                until("STATUS=2 workers")
                told.clear()
                server.process.send_signal(signal.SIGHUP)
                until("RELOADING=1\nMONOTONIC_USEC=")
                until("READY=1")
                server.process.send_signal(signal.SIGTERM)
                until("STOPPING=1")
                self.assertEqual(server.process.wait(10 * SLOW), 0)

    def test_an_abstract_notify_socket(self):
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listener:
            listener.bind(f"\0atoll-test-{os.getpid()}")
            listener.settimeout(10 * SLOW)
            with Server(env={"NOTIFY_SOCKET": f"@atoll-test-{os.getpid()}"}):
                self.assertEqual(listener.recv(100), b"READY=1")

    def activated(self, listener, *words):
        script = 'exec 3<&"$1"; shift; export LISTEN_PID=$$ LISTEN_FDS=1; exec "$@"'
        return subprocess.Popen(["/bin/bash", "-c", script, "x", str(listener.fileno()), ATOLL, "serve", "-w", "1", *words],
                                pass_fds=[listener.fileno()], env=ENV, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def test_socket_activation(self):
        path = os.path.join(FOLDER, "activated.sock")
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(path)
            listener.listen(8)
            server = self.activated(listener)
            self.assertIn(path, server.stdout.readline())
            self.assertEqual(atoll("submit", "-s", path, "-c", "value 1").returncode, 0)
            server.send_signal(signal.SIGTERM)
            server.communicate(timeout=10 * SLOW)
            self.assertEqual(server.returncode, 0)
            self.assertTrue(os.path.exists(path))  # the manager's, who listens on

    def test_what_is_no_listening_unix_socket_is_refused(self):
        with socket.socket() as listener:
            listener.bind(("127.0.0.1", 0))
            listener.listen(8)
            server = self.activated(listener)
            _, errors = server.communicate(timeout=10 * SLOW)
            self.assertEqual(server.returncode, 1)
            self.assertIn("not a listening unix stream socket", errors)


class Recycling(unittest.TestCase):
    def run_jobs(self, server, count):
        """The pids that jobs ran in, one job after another."""
        with server.client() as client:
            outcomes = [client.outcome(client.submit("sleep 3")) for _ in range(count)]
        self.assertEqual({outcome["verdict"] for outcome in outcomes}, {"ok"})
        return [outcome["pid"] for outcome in outcomes]

    def test_by_jobs_with_no_gap(self):
        with Server("--recycle-jobs", "10", workers=2) as server:
            pids = self.run_jobs(server, 200)
            self.assertGreater(len(set(pids)), 5)
            wait_until(lambda: len(server.pids("ready")) == 2)
            status = server.status()
            self.assertGreater(status["recycled"], 5)
            self.assertEqual(status["deaths"], 0)

    def test_by_age_staggered(self):
        with Server("--recycle-age", "400ms", workers=3) as server:
            before = set(server.pids())
            wait_until(lambda: server.status()["recycled"] >= 3, 10)
            wait_until(lambda: not before & set(server.pids()), 10)
            self.assertEqual(server.status()["deaths"], 0)

    def test_one_that_holds_a_session_stays(self):
        with Server("--recycle-jobs", "5", workers=1) as server, server.client() as client:
            first = client.outcome(client.submit("value 1", session="s"))["pid"]
            for _ in range(30):
                self.assertEqual(client.outcome(client.submit("sleep 2", session="s"))["pid"], first)
            self.assertEqual(server.status()["recycled"], 0)
            client.call("end_session", {"session": "s"})
            client.outcome(client.submit("value 1"))
            wait_until(lambda: server.pids("ready") and first not in server.pids())

    def test_by_bytes(self):
        with Server("--recycle-bytes", "40M", workers=1) as server, server.client() as client:
            first = client.outcome(client.submit("grow 60"))["pid"]
            time.sleep(0.1)
            client.outcome(client.submit("value 1"))
            wait_until(lambda: server.status()["recycled"] == 1)
            wait_until(lambda: server.pids("ready") and first not in server.pids())
            self.assertIn("by=bytes", server.read_log())

    def test_by_growth_with_live_bytes_flat(self):
        with Server("--recycle-growth", "16M", workers=1) as server, server.client() as client:
            pids = set()
            for _ in range(9):
                for job in [client.submit("value 1") for _ in range(120)]:
                    pids.add(client.outcome(job)["pid"])
                time.sleep(0.06 * SLOW)
                client.outcome(client.submit("grow 8"))
                if server.status()["recycled"]:
                    break
            wait_until(lambda: server.status()["recycled"] >= 1)
            self.assertIn("by=growth", server.read_log())


if __name__ == "__main__":
    main()
