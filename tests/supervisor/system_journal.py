"""The journal: what outlives a supervisor that is killed, and what is said when the file will not do."""
import contextlib
import json
import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import time
import unittest

from pool_harness import FOLDER, SLOW, WORKER, Refused, Server, atoll, main, msgpack, wait_until


def new_path():
    return os.path.join(tempfile.mkdtemp(dir=FOLDER), "journal")


def journal(path, *options, **more):
    return Server("--journal", path, *options, **more)


def verdict_of(server, job):
    """The verdict and the attempt of a job that has ended, or will."""
    done = server.atoll("attach", "--json", str(job))
    outcome = json.loads(done.stdout.splitlines()[-1])
    return outcome["verdict"], outcome["attempt"]


class Restarts(unittest.TestCase):
    def test_waiting_running_and_ended_jobs_outlive_a_kill(self):
        path = new_path()
        server = journal(path, workers=2)
        with server.client() as client, server.client() as other:  # whose jobs are not sent ahead behind each other's
            ended = client.submit("print said;value 5", on_disconnect="detach", want_output=True, value_as="json")
            wait_until(lambda: server.status()["verdicts"].get("ok") == 1)
            once = other.submit("sleep 60000", on_disconnect="keep")
            again = other.submit("attempt;first sleep 60000;value 6", on_disconnect="keep", delivery="at-least-once", want_output=True)
            wait_until(lambda: server.status()["running"] == 2)
            waiting = [client.submit("value 7", label="w", on_disconnect=how) for how in ("detach", "keep", "cancel")]
            server.kill()
        with journal(path, workers=2) as server:
            self.assertEqual(server.status()["journal"], path)
            done = server.atoll("attach", str(ended))
            self.assertEqual((done.stdout, done.returncode), ("said\n", 0))
            self.assertEqual(verdict_of(server, once), ("lost", 1))
            self.assertEqual(verdict_of(server, again), ("ok", 2))
            self.assertEqual(server.atoll("attach", str(again)).stdout, "2\n")
            self.assertEqual([verdict_of(server, job) for job in waiting], [("ok", 1)] * 3)
            with server.client() as client:
                self.assertGreater(client.submit("value 1"), waiting[-1])

    def test_outcomes_of_clients_that_waited_can_be_had_too(self):
        path = new_path()
        server = journal(path)
        with server.client() as client:
            job = client.submit("value 9", value_as="json")
            client.outcome(job)
            failed = client.submit("raise boo")
            client.outcome(failed)
        server.kill()
        with journal(path) as server, server.client() as client:
            client.call("attach", {"job": job})
            self.assertEqual(msgpack.unpackb(client.outcome(job)["value"]), 9)
            self.assertEqual(server.atoll("attach", str(failed)).returncode, 1)

    def test_ids_are_not_used_again(self):
        path, seen = new_path(), []
        for _ in range(3):
            server = journal(path, "--keep-bytes", "0")  # no outcome stays to tell the highest
            with server.client() as client:
                for _ in range(5):
                    seen.append(client.submit("value 1"))
                    client.outcome()
            server.kill()
        self.assertEqual(seen, list(range(1, 16)))

    def test_idempotency_keys(self):
        path = new_path()
        server = journal(path, workers=1)
        with server.client() as client:
            done = client.submit("value 1", idempotency_key="done", value_as="json")
            client.outcome(done)
            self.assertEqual(client.call("submit", {"source": "x", "idempotency_key": "done"}), {"job": done, "existing": True})
            client.submit("sleep 60000", on_disconnect="keep", idempotency_key="lost")
            waiting = client.submit("value 2", on_disconnect="detach", idempotency_key="waiting", value_as="json")
        server.kill()
        with journal(path, workers=1) as server, server.client() as client:
            for key, job, verdict in (("done", done, "ok"), ("waiting", waiting, "ok"), ("lost", waiting - 1, "lost")):
                self.assertEqual(client.call("submit", {"source": "x", "idempotency_key": key}), {"job": job, "existing": True})
                self.assertEqual(client.outcome(job)["verdict"], verdict)
            fresh = client.call("submit", {"source": "value 3", "idempotency_key": "new"})
            self.assertNotIn("existing", fresh)

    def test_the_same_key_twice_in_one_turn(self):
        with journal(new_path()) as server, server.client() as client:
            both = b"".join(msgpack.packb([0, 100 + i, "submit", [{"source": "value 1", "idempotency_key": "k"}]]) for i in range(2))
            client.socket.sendall(both)
            first, second = client.answer(100), client.answer(101)
            self.assertEqual(first["job"], second["job"])
            self.assertTrue(second["existing"])

    def test_what_needs_its_client_or_its_session_is_lost(self):
        path = new_path()
        server = journal(path, workers=1)
        with server.client() as client:
            client.submit("sleep 60000")
            jobs = [client.submit("value 1", session="s"), client.submit("input", stdin_mode="stream"),
                    client.submit("askfile", sources={"root": "/job", "on_demand": True}), client.submit("value 1", deadline_ms=300),
                    client.submit("value 1", deadline_ms=60000)]
            server.kill()
        time.sleep(0.5)
        with journal(path, workers=1) as server:
            verdicts = [verdict_of(server, job)[0] for job in jobs]
            self.assertEqual(verdicts, ["lost", "lost", "lost", "rejected", "ok"])

    def test_retries_are_counted_on(self):
        path = new_path()
        server = journal(path, workers=1)
        with server.client() as client:
            job = client.submit("first crash 9;sleep 60000", retries=1, delivery="at-least-once", on_disconnect="detach")
            wait_until(lambda: "job-retried" in server.read_log() and server.status()["running"] == 1)
            bad = client.submit("segv", retries=1, on_disconnect="detach", label="tea")
        server.kill()
        server = journal(path, workers=2)
        with server.client() as client:
            wait_until(lambda: server.status()["poisoned"] == 1)
            client.call("attach", {"job": job})
            client.call("cancel", {"job": job})
            self.assertEqual(client.outcome(job)["attempt"], 3)
        server.kill()
        with journal(path) as server:
            listed = json.loads(server.atoll("poison", "--json").stdout)
            self.assertEqual((listed["job"], listed["verdict"], listed["attempt"], listed["label"]), (bad, "signal", 2, "tea"))

    def test_a_stop_leaves_to_the_next_server_what_can_go_on(self):
        for stop in (lambda server: server.atoll("stop", "--now"), lambda server: server.process.send_signal(signal.SIGINT)):
            path = new_path()
            with journal(path, "--depth", "1", workers=2) as server, server.client() as client, server.client() as other:
                once = client.submit("sleep 60000", on_disconnect="keep")
                again = other.submit("attempt;first sleep 60000;value 6", delivery="at-least-once", want_output=True)
                wait_until(lambda: server.status()["running"] == 2)
                waiting = [client.submit("value 7", on_disconnect=how, delivery=delivery) for how in ("detach", "keep", "cancel")
                           for delivery in ("at-most-once", "at-least-once")]
                its_clients = [client.submit("value 1", session="s"), client.submit("input", stdin_mode="stream")]
                stop(server)
                self.assertEqual([client.outcome(job)["verdict"] for job in [once] + its_clients], ["cancelled"] * 3)
                self.assertEqual(server.process.wait(10 * SLOW), 0)
                self.assertIn("stopped jobs-left=7", server.read_log())
            with journal(path, workers=2) as server:
                self.assertEqual([verdict_of(server, job)[0] for job in [once] + its_clients], ["cancelled"] * 3)
                self.assertEqual(verdict_of(server, again), ("ok", 2))
                self.assertEqual([verdict_of(server, job) for job in waiting], [("ok", 1)] * 6)

    def test_a_stop_ends_what_was_cancelled_or_retried(self):
        path = new_path()
        with journal(path, "--depth", "1", workers=1) as server, server.client() as client:
            deaf = client.submit("hang", delivery="at-least-once", limits={"wall_ms": 60000})
            wait_until(lambda: server.status()["running"] == 1)
            waits = client.submit("value 1")
            client.call("cancel", {"job": deaf})
            client.call("cancel", {"job": waits})
            server.atoll("stop", "--now")
            self.assertEqual([client.outcome(job)["verdict"] for job in (deaf, waits)], ["cancelled"] * 2)
        with journal(path) as server:
            self.assertEqual([verdict_of(server, job)[0] for job in (deaf, waits)], ["cancelled"] * 2)

    def test_outcomes_are_dropped_by_bytes_and_age(self):
        path = new_path()
        with journal(path, "--keep-bytes", "100K", "--keep-time", "3s", workers=2) as server, server.client() as client:
            for _ in range(20):
                requests = [client.request("submit", {"source": "blob 1000", "events": "outcome"}) for _ in range(100)]
                for request in requests:
                    client.answer(request)
            client.outcomes(2000)
            wait_until(lambda: 50 < server.status()["kept"] < 100)
            wait_until(lambda: server.status()["kept"] == 0, 8)
        self.assertLess(os.path.getsize(path), 6 << 20)

    def test_killed_again_and_again_under_load(self):
        """Every job that was acknowledged has one outcome in the end, whatever the clients were told before."""
        path, accepted, told = new_path(), {}, {}
        for round_ in range(6):
            server = journal(path, workers=2)
            with server.client() as client:
                requests = {}
                with contextlib.suppress(ConnectionError, OSError):
                    for i in range(400):
                        delivery = ("at-most-once", "at-least-once")[i % 2]
                        requests[client.request("submit", {"source": "sleep 1", "events": "outcome", "delivery": delivery})] = delivery
                    end = time.monotonic() + 0.05 + 0.04 * round_
                    killed = False
                    while True:
                        if time.monotonic() > end and not killed:
                            server.process.kill()
                            killed = True
                        message = client.event(2)
                        if message[0] == 1 and message[2] is None:
                            accepted[message[3]["job"]] = requests[message[1]]
                        elif message[0] == 2 and message[1] == "outcome":
                            self.assertNotIn(message[2]["job"], told)
                            told[message[2]["job"]] = message[2]["verdict"]
            server.kill()
        self.assertGreater(len(accepted), 100)
        with journal(path, workers=2) as server, server.client() as client:
            wait_until(lambda: server.status()["queued"] + server.status()["running"] == 0, 20)
            for job, delivery in accepted.items():
                client.call("attach", {"job": job})
                outcome = client.outcome(job)
                self.assertEqual(told.get(job, outcome["verdict"]), outcome["verdict"])
                self.assertIn(outcome["verdict"], ("ok", "lost") if delivery == "at-most-once" else ("ok",))
                if outcome["verdict"] == "ok" and delivery == "at-most-once":
                    self.assertEqual(outcome["attempt"], 1)
            self.assertEqual(server.status()["kept"], len(accepted.keys() | told.keys()) + self.unheard(path, accepted, told))

    def unheard(self, path, accepted, told):
        """Jobs whose acknowledgement was on its way when the server was killed."""
        with contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as db:
            rows = db.execute("SELECT job FROM outcomes").fetchall()
            self.assertEqual(db.execute("SELECT count(*) FROM jobs").fetchone(), (0,))
        jobs = [job for job, in rows]
        self.assertEqual(len(jobs), len(set(jobs)))
        self.assertLessEqual(accepted.keys() | told.keys(), set(jobs))
        return len(set(jobs) - accepted.keys() - told.keys())


class BadFiles(unittest.TestCase):
    def refused(self, path, *texts):
        done = atoll("serve", "-w", "1", "-s", os.path.join(FOLDER, "refused.sock"), "--journal", path)
        self.assertEqual((done.returncode, done.stdout, done.stderr.count("\n")), (1, "", 1), done.stderr)
        for text in texts:
            self.assertIn(text, done.stderr)
        self.assertFalse(os.path.exists(os.path.join(FOLDER, "refused.sock")))

    def made(self):
        path = new_path()
        with journal(path) as server, server.client() as client:
            for _ in range(50):
                client.outcome(client.submit("blob 3000"))
        return path

    def test_two_servers(self):
        path = new_path()
        with journal(path) as server:
            self.refused(path, "in use by another server")
            self.assertEqual(server.status()["journal"], path)
        with journal(path):
            pass

    def test_another_version(self):
        path = self.made()
        with contextlib.closing(sqlite3.connect(path)) as db:
            db.execute("PRAGMA user_version=2")
        before = open(path, "rb").read()
        self.refused(path, "of version 2", "reads version 1")
        self.assertEqual(open(path, "rb").read(), before)

    def test_no_journal(self):
        path = new_path()
        with open(path, "w") as file:
            file.write("just a text, which must not be touched\n" * 300)
        self.refused(path, "is no Atoll journal")
        self.assertEqual(open(path).readline(), "just a text, which must not be touched\n")
        path = new_path()
        with contextlib.closing(sqlite3.connect(path)) as db:
            db.execute("CREATE TABLE other(a)")
        self.refused(path, "is no Atoll journal")
        self.refused(FOLDER, "cannot open the journal")
        self.refused("/dev/null", "not a plain file")
        self.refused("/nowhere/journal", "No such file or directory")

    def test_a_damaged_one(self):
        path = self.made()
        with open(path, "r+b") as file:
            file.seek(8192)
            file.write(os.urandom(40_000))
        self.refused(path, "is damaged")

    def test_a_truncated_one(self):
        path = self.made()
        os.truncate(path, os.path.getsize(path) // 2)
        self.refused(path, "is damaged")

    def test_rows_that_mean_nothing(self):
        path = self.made()
        with contextlib.closing(sqlite3.connect(path)) as db:
            good = msgpack.packb({"source": "value 1"})
            for row in [(100, 0, 0, 0, 0, b"\xc1\xff"), (101, "x", "y", "z", "u", "text"), (102, -1, -1, -1, -1, b""),
                        (103, 0, 2**40, -5, 2**50, good), (104, 0, 0, 2**60, 0, good), (-3, 0, 0, 0, 0, good), (2**63 - 1, 0, 0, 0, 0, good),
                        (105, 0, 0, 0, 0, msgpack.packb({"bogus": 1})),
                        (106, 0, 0, 0, 0, msgpack.packb({"source": "value 1", "limits": {"wall_ms": 10**9}}))]:
                db.execute("INSERT INTO jobs VALUES(?, ?, ?, ?, ?, ?)", row)
            db.execute("INSERT INTO outcomes(job, ended_ms, bytes, message) VALUES(200, 0, -1, ?)", (b"\xc1" * 100,))
            db.execute("INSERT INTO poisoned VALUES(201, 0, NULL, ?)", (b"\x93\x02\xa1x\x91\x80",))
            db.execute("CREATE TRIGGER evil AFTER INSERT ON outcomes BEGIN DELETE FROM outcomes; END")
            db.commit()
        with journal(path, "--max-timeout", "10s") as server, server.client() as client:
            verdicts = {job: verdict_of(server, job)[0] for job in range(100, 107)}
            self.assertEqual(verdicts, {100: "lost", 101: "lost", 102: "rejected", 103: "lost", 104: "ok", 105: "lost", 106: "rejected"})
            with self.assertRaises(Refused):
                client.call("attach", {"job": 200})
            self.assertEqual(server.atoll("poison").stdout, "")
            self.assertEqual(client.submit("value 1"), 201)  # after all that may have been told
            self.assertEqual(verdict_of(server, 50)[0], "ok")

    def test_a_file_of_nobody_elses_business(self):
        path = self.made()
        self.assertEqual(os.stat(path).st_mode & 0o777, 0o600)


class FullDisk(unittest.TestCase):
    def exercise(self, server, fill, free):
        with server.client() as client, server.client() as other:
            running = client.submit("sleep 1500;value 1", value_as="json")
            waiting = other.submit("sleep 1500;value 2", value_as="json")
            wait_until(lambda: server.status()["running"] == 1)
            fill()
            with self.assertRaises(Refused) as refused:
                for _ in range(200):  # until the log has no room of its own left
                    client.submit("#" * 20_000, on_disconnect="detach")
            self.assertEqual(refused.exception.name, "journal")
            self.assertIn("journal cannot be written", refused.exception.args[0]["message"])
            self.assertEqual(client.outcome(running)["verdict"], "ok")  # told, and kept for the journal
            status = server.status()
            self.assertIn("journal_fault", status)
            self.assertIn("CANNOT BE WRITTEN", server.atoll("status").stdout)
            client.call("attach", {"job": running})
            self.assertEqual(client.outcome(running)["verdict"], "ok")
            free()
            self.assertEqual(other.outcome(waiting)["verdict"], "ok")
            self.assertNotIn("journal_fault", server.status())
            self.assertEqual(client.outcome(client.submit("value 3"))["verdict"], "ok")
            wait_until(lambda: server.status()["queued"] + server.status()["running"] == 0)
        return running, waiting

    def test_a_file_that_may_not_grow(self):
        path = new_path()
        server = journal(path, workers=1)
        pid = server.process.pid
        jobs = self.exercise(server, lambda: resource.prlimit(pid, resource.RLIMIT_FSIZE, (100, resource.RLIM_INFINITY)),
                             lambda: resource.prlimit(pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY)))
        server.kill()
        with journal(path) as server:
            self.assertEqual([verdict_of(server, job) for job in jobs], [("ok", 1)] * 2)

    def test_a_full_file_system(self):
        place = tempfile.mkdtemp(dir=FOLDER)
        if os.geteuid() or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "none", place], stderr=subprocess.DEVNULL).returncode:
            self.skipTest("a small file system cannot be mounted here")
        filler = os.path.join(place, "filler")

        def fill():
            with contextlib.suppress(OSError), open(filler, "wb", buffering=0) as file:
                while True:
                    file.write(b"\0" * 4096)

        try:
            server = journal(os.path.join(place, "journal"), workers=1)
            jobs = self.exercise(server, fill, lambda: os.unlink(filler))
            log = server.read_log()
            self.assertEqual((log.count("journal-fault"), log.count("journal-good-again")), (1, 1))
            server.kill()
            with journal(os.path.join(place, "journal")) as server:
                self.assertEqual([verdict_of(server, job) for job in jobs], [("ok", 1)] * 2)
        finally:
            subprocess.run(["umount", "-l", place])


class SetClocks(unittest.TestCase):
    """The machine's date is set, by years."""
    YEAR = 365 * 86400

    def setUp(self):
        self.path = new_path()
        self.date = os.path.join(os.path.dirname(self.path), "date")

    def set(self, seconds):
        with open(self.date + "-new", "w") as file:
            file.write(str(seconds))
        os.rename(self.date + "-new", self.date)

    def serve(self, *options, **more):
        program = os.path.join(os.path.dirname(WORKER), "atoll-set-clock")
        return journal(self.path, *options, program=program, env={"ATOLL_TEST_CLOCK": self.date}, **more)

    def test_while_a_server_runs_nothing_changes(self):
        self.set(0)
        with self.serve("--keep-time", "1h", workers=1) as server, server.client() as client:
            ended = client.submit("value 1", on_disconnect="detach")
            wait_until(lambda: server.status()["verdicts"].get("ok") == 1)
            for seconds in (self.YEAR, -self.YEAR):
                begun = time.monotonic()
                running = client.submit("sleep 60000", limits={"wall_ms": 2500})
                waiting = client.submit("value 2", deadline_ms=60000)
                late = client.submit("value 3", deadline_ms=1500)
                self.set(seconds)
                self.assertEqual(client.outcome(late)["verdict"], "rejected")
                self.assertEqual(client.outcome(running)["verdict"], "timeout-wall")
                self.assertGreater(time.monotonic() - begun, 2.4)
                self.assertEqual(client.outcome(waiting)["verdict"], "ok")
                self.assertEqual(verdict_of(server, ended), ("ok", 1))
            self.assertLess(server.status()["uptime_ms"], 60_000 * SLOW)
            years = {line[:4] for line in server.read_log().splitlines()}
            self.assertGreaterEqual(len(years), 2, "the log tells the date as it is set")

    def across(self, seconds):
        """The verdict of a job with a deadline that a killed server left, and whether an outcome is there still, when the date is set
        between two servers."""
        self.set(0)
        server = self.serve(workers=1)
        with server.client() as client:
            ended = client.submit("value 1", on_disconnect="detach")
            wait_until(lambda: server.status()["verdicts"].get("ok") == 1)
            client.submit("sleep 60000", on_disconnect="keep")
            waiting = client.submit("value 2", on_disconnect="detach", deadline_ms=60000)
            server.kill()
        self.set(seconds)
        with self.serve(workers=1) as server:
            waiting = verdict_of(server, waiting)[0]
            time.sleep(1.2 * SLOW)  # what is too old goes with a tick
            return waiting, server.atoll("attach", str(ended)).returncode == 0

    def test_set_back_between_two_servers(self):
        self.assertEqual(self.across(-self.YEAR), ("ok", True))

    def test_set_forward_between_two_servers(self):
        self.assertEqual(self.across(self.YEAR), ("rejected", False))


if __name__ == "__main__":
    main()
