"""Jobs on a pool: verdicts, limits, cancelling, isolation, the queue, and the verbs that submit."""
import json
import os
import time
import unittest

from pool_harness import FOLDER, SLOW, Refused, Server, alive, atoll, main, msgpack, wait_until


class Verdicts(unittest.TestCase):
    def test_every_cause_has_its_own(self):
        with Server(workers=2) as server, server.client() as client:
            for source, verdict, more in [
                    ("value 1", "ok", {}), ("raise boo", "error", {}), ("segv", "signal", {"signal": 11}),
                    ("crash 9", "signal", {"signal": 9}), ("crash 31", "syscall", {"signal": 31}),
                    ("crash 24", "rlimit", {"signal": 24}), ("exit 3", "lost", {"exit_code": 3}),
                    ("garbage", "protocol", {}), ("wrongjob", "protocol", {}), ("twice", "protocol", {}), ("askfile", "protocol", {}),
                    ("closepipe", "protocol", {})]:
                with self.subTest(source):
                    outcome = client.outcome(client.submit(source))
                    self.assertEqual(outcome["verdict"], verdict)
                    self.assertEqual({key: outcome.get(key) for key in more}, more)
                    self.assertEqual(outcome["attempt"], 1)
            wait_until(lambda: len(server.pids("ready")) == 2)

    def test_a_second_request_for_a_file_before_the_first_was_answered(self):
        with Server(workers=1) as server, server.client() as client:
            outcome = client.outcome(client.submit("askfile", sources={"root": "/job", "on_demand": True}))
            self.assertEqual(outcome["verdict"], "protocol")
            self.assertIn("before it had the last one", outcome["detail"])

    def test_a_timeout_is_precise_and_its_worker_is_not_used_again(self):
        with Server(workers=1) as server, server.client() as client:
            for source in ("spin", "hang"):
                before = server.pids("ready")
                start = time.monotonic()
                outcome = client.outcome(client.submit(source, limits={"wall_ms": 200}))
                took = time.monotonic() - start
                self.assertEqual(outcome["verdict"], "timeout-wall")
                self.assertTrue(0.2 <= took < 0.2 + 0.4 * SLOW, took)
                wait_until(lambda: server.pids("ready") and server.pids("ready") != before)

    def test_a_time_limit_counts_from_the_start_not_from_the_queue(self):
        with Server(workers=1) as server, server.client() as client:
            jobs = [client.submit("sleep 150", limits={"wall_ms": 1000}) for _ in range(8)]
            self.assertEqual([client.outcome(job)["verdict"] for job in jobs], ["ok"] * 8)

    def test_a_job_behind_a_death_is_untouched(self):
        with Server(workers=1) as server, server.client() as client:
            warm = [client.submit("value 1") for _ in range(2000)]  # so that jobs are sent ahead
            for job in warm:
                client.outcome(job)
            sources = ["value 1", "segv"] * 20
            requests = [client.request("submit", {"source": source, "events": "outcome"}) for source in sources]
            jobs = [client.answer(request)["job"] for request in requests]
            verdicts = [client.outcome(job)["verdict"] for job in jobs]
            self.assertEqual(verdicts, ["ok", "signal"] * 20)

    def test_a_death_in_a_batch_is_blamed_on_the_job_that_did_it(self):
        with Server(workers=2) as server, server.client() as client:
            for job in [client.submit("value 1") for _ in range(2000)]:
                client.outcome(job)
            for number in (6, 9, 31):
                sources = ["value 1"] * 300
                for place in (40, 41, 200):
                    sources[place] = f"ambush {number}"
                requests = [client.request("submit", {"source": source, "events": "outcome"}) for source in sources]
                jobs = [client.answer(request)["job"] for request in requests]
                verdicts = [client.outcome(job)["verdict"] for job in jobs]
                bad = "syscall" if number == 31 else "signal"
                self.assertEqual(verdicts, ["ok" if source == "value 1" else bad for source in sources])

    def test_output_events_are_in_order(self):
        with Server() as server, server.client() as client:
            job = client.submit("print a;eprint b;print c;value 5", want_output=True, value_as="json", events="all")
            seen = []
            while not seen or seen[-1][0] != "outcome":
                kind, method, params = client.event()
                seen.append((method, params.get("stream", "stdout"), params.get("data"), params.get("seq", 0)))
            self.assertEqual([event[0] for event in seen], ["accepted", "started", "output", "output", "output", "outcome"])
            self.assertEqual([event[1:] for event in seen[2:5]],
                             [("stdout", b"a\n", 0), ("stderr", b"b\n", 1), ("stdout", b"c\n", 2)])

    def test_retries_by_death(self):
        with Server(workers=2) as server, server.client() as client:
            outcome = client.outcome(client.submit("segv", retries=2))
            self.assertEqual((outcome["verdict"], outcome["attempt"]), ("signal", 3))
            outcome = client.outcome(client.submit("raise boo", retries=2))
            self.assertEqual((outcome["verdict"], outcome["attempt"]), ("error", 1))

    def test_retries_by_cause(self):
        with Server(workers=2) as server, server.client() as client:
            for source, causes, verdict, attempt in [
                    ("first raise boo;value 1", ["error"], "ok", 2), ("first segv;value 1", ["error"], "signal", 1),
                    ("first segv;value 1", ["error", "signal"], "ok", 2), ("first crash 31", ["syscall"], "ok", 2),
                    ("first garbage", ["protocol"], "ok", 2), ("first exit 3", ["lost"], "ok", 2), ("first crash 24", ["rlimit"], "ok", 2),
                    ("first spin", ["timeout-wall"], "ok", 2), ("first hang", ["timeout-wall"], "ok", 2)]:
                with self.subTest(source, causes=causes):
                    outcome = client.outcome(client.submit(source, retries=3, retry_on=causes, limits={"wall_ms": 150 * int(SLOW)}))
                    self.assertEqual((outcome["verdict"], outcome["attempt"]), (verdict, attempt))
                    self.assertNotIn("poisoned", outcome)
            job = client.submit("spin", retries=3, retry_on=["error", "timeout-wall"])
            client.call("cancel", {"job": job})
            self.assertEqual(client.outcome(job)["verdict"], "cancelled")
            for word in ("boo", "ok", "cancelled", "rejected"):
                with self.assertRaises(Refused) as refused:
                    client.submit("value 1", retry_on=[word])
                self.assertEqual(refused.exception.name, "bad-value")

    def test_a_job_that_fails_alike_each_time_is_kept_aside(self):
        with Server(workers=2) as server, server.client() as client:
            self.assertEqual(server.atoll("poison").stdout, "")
            bad = client.submit("print so far;segv", retries=2, label="tea", on_disconnect="keep", want_output=True)
            outcome = client.outcome(bad)
            self.assertEqual((outcome["verdict"], outcome["attempt"], outcome["poisoned"]), ("signal", 3, True))
            client.outcome(client.submit("segv"))  # it wanted no retry
            done = server.atoll("submit", "--retries", "1", "--retry-on", "error,memory", "-c", "raise no good")
            self.assertEqual(done.returncode, 1)
            listed = [json.loads(line) for line in server.atoll("poison", "--json").stdout.splitlines()]
            self.assertEqual([(job["verdict"], job["attempt"], job.get("label")) for job in listed], [("signal", 3, "tea"), ("error", 2, None)])
            self.assertEqual((listed[0]["job"], listed[0]["detail"], listed[1]["detail"]), (bad, "killed by SIGSEGV", "no good"))
            self.assertIn("tea: killed by SIGSEGV", server.atoll("poison").stdout)
            self.assertEqual(server.status()["poisoned"], 2)
            done = server.atoll("attach", str(bad))
            self.assertEqual((done.stdout, done.returncode), ("so far\n", 139))
            self.assertEqual(server.atoll("submit", "--retry-on", "tea", "-c", "").returncode, 2)


class Attaching(unittest.TestCase):
    def detach(self, server, *words):
        done = server.atoll("submit", "--detach", *words)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout.strip()

    def test_output_so_far_then_live_then_the_outcome(self):
        with Server(workers=1) as server:
            job = self.detach(server, "-c", "print one;eprint two;sleep 300;print three;value 7")
            wait_until(lambda: server.status()["running"] == 1)
            done = server.atoll("attach", job)
            self.assertEqual((done.stdout, done.stderr, done.returncode), ("one\nthree\n7\n", "two\n", 0))
            again = server.atoll("attach", job)  # kept
            self.assertEqual((again.stdout, again.stderr, again.returncode), (done.stdout, done.stderr, 0))
            outcome = json.loads(server.atoll("attach", "--json", job).stdout.splitlines()[-1])
            self.assertEqual((outcome["job"], outcome["verdict"]), (int(job), "ok"))

    def test_exit_codes_are_those_of_submit(self):
        with Server(workers=1) as server:
            for source, code in (("raise boo", 1), ("sysexit 9", 9), ("segv", 139)):
                job = self.detach(server, "-c", source)
                self.assertEqual(server.atoll("attach", job).returncode, code)
            job = self.detach(server, "-t", "50ms", "-c", "spin")
            self.assertEqual(server.atoll("attach", job).returncode, 124)
            self.assertEqual(server.atoll("attach", "12345").returncode, 1)
            for words in ((), ("x",), ("0",), ("1", "2")):
                self.assertEqual(server.atoll("attach", *words).returncode, 2)

    def test_a_job_has_one_client_at_a_time(self):
        with Server(workers=1) as server, server.client() as client, server.client() as other:
            job = client.submit("print a;sleep 300;value 1", on_disconnect="detach", want_output=True)
            other.call("attach", {"job": job})
            with self.assertRaises(Refused) as refused:
                client.call("attach", {"job": job})
            self.assertEqual(refused.exception.name, "conflict")
            other.close()  # it goes on, for it is to be kept
            wait_until(lambda: server.status()["clients"] == 2)
            client.call("attach", {"job": job})
            self.assertEqual(client.outcome(job)["verdict"], "ok")

    def test_of_much_output_the_end_is_kept_and_said_to_be(self):
        with Server("--keep-output", "8K", workers=1) as server, server.client() as client:
            job = self.detach(server, "-c", "flood 100;print end")
            wait_until(lambda: server.status()["verdicts"].get("ok") == 1)
            done = server.atoll("attach", job)
            self.assertTrue(done.stdout.endswith("x\nend\n"))
            self.assertTrue(6000 < len(done.stdout) < 8192, len(done.stdout))
            self.assertIn("of its output were not kept", done.stderr)
            client.call("attach", {"job": int(job)})
            events = []
            while not events or events[-1][1] != "outcome":
                events.append(client.event())
            self.assertEqual(events[0][2]["skipped"] + sum(len(event[2]["data"]) for event in events[:-1]), 100 * 1024 + 4)

    def test_what_is_kept_is_bounded_in_bytes_and_time(self):
        with Server("--keep-bytes", "200K", "--keep-time", "3s", workers=2) as server, server.client() as client:
            requests = [client.request("submit", {"source": "blob 2000", "on_disconnect": "detach"}) for _ in range(300)]
            jobs = [client.answer(request)["job"] for request in requests]
            wait_until(lambda: server.status()["verdicts"].get("ok") == 300)
            kept = server.status()["kept"]
            self.assertTrue(50 < kept < 100)
            gone = 0
            for job in jobs:
                try:
                    client.call("attach", {"job": job})
                    self.assertEqual(client.outcome(job)["verdict"], "ok")
                except Refused as refused:
                    self.assertEqual(refused.name, "unknown-job")
                    gone += 1
            self.assertEqual(gone, 300 - kept)
            wait_until(lambda: server.status()["kept"] == 0, 6)


class Cancelling(unittest.TestCase):
    def test_running_waiting_and_deaf_jobs(self):
        with Server("--grace", "100ms", workers=1) as server, server.client() as client, server.client() as other:
            spinning = client.submit("spin")
            waiting = client.submit("value 1")
            self.assertTrue(other.call("cancel", {"job": waiting})["found"])
            self.assertEqual(client.outcome(waiting)["verdict"], "cancelled")
            before = server.pids()
            other.call("cancel", {"job": spinning})
            self.assertEqual(client.outcome(spinning)["verdict"], "cancelled")
            self.assertEqual(server.pids(), before)  # it listened, so it lives on
            deaf = client.submit("hang", events="all")
            while client.event()[1] != "started":
                pass
            start = time.monotonic()
            other.call("cancel", {"job": deaf})
            self.assertEqual(client.outcome(deaf)["verdict"], "cancelled")
            self.assertTrue(0.1 <= time.monotonic() - start < 5.0 * SLOW)
            wait_until(lambda: server.pids("ready") and server.pids() != before)
            self.assertFalse(other.call("cancel", {"job": deaf}).get("found", False))

    def test_a_job_that_was_sent_ahead(self):
        with Server(workers=1) as server, server.client() as client:
            for job in [client.submit("value 1") for _ in range(500)]:
                client.outcome(job)
            jobs = [client.submit("sleep 300")] + [client.submit("value 1") for _ in range(5)]
            self.assertTrue(client.call("cancel", {"job": jobs[3]})["found"])
            self.assertEqual(client.outcome(jobs[3])["verdict"], "cancelled")
            self.assertEqual([client.outcome(job)["verdict"] for job in jobs if job != jobs[3]], ["ok"] * 5)

    def test_a_client_that_leaves_cancels_its_jobs(self):
        with Server(workers=1) as server:
            client = server.client()
            client.submit("spin")
            for _ in range(10):
                client.submit("value 1")
            client.close()
            wait_until(lambda: server.status()["verdicts"] == {"cancelled": 11})
            self.assertEqual(server.status()["running"], 0)

    def test_the_verb(self):
        with Server() as server:
            job = server.atoll("submit", "--detach", "-c", "spin").stdout.strip()
            self.assertEqual(server.atoll("cancel", job).returncode, 0)
            wait_until(lambda: server.status()["verdicts"] == {"cancelled": 1})
            done = server.atoll("cancel", job)
            self.assertEqual((done.returncode, done.stderr.count("\n")), (1, 1))


class Isolation(unittest.TestCase):
    def test_a_session_stays_on_its_worker(self):
        with Server(workers=3) as server, server.client() as client:
            homes = {}
            for name in ("a", "b", "c") * 10:
                outcome = client.outcome(client.submit("sleep 5", session=name))
                homes.setdefault(name, set()).add(outcome["pid"])
            self.assertTrue(all(len(pids) == 1 for pids in homes.values()), homes)

    def test_sessions_submitted_at_once_stay_too(self):
        with Server(workers=3) as server, server.client() as client:
            requests = [client.request("submit", {"source": "sleep 2", "session": f"s{i % 5}", "events": "outcome", "label": f"s{i % 5}"})
                        for i in range(100)]
            for request in requests:
                client.answer(request)
            homes = {}
            for outcome in client.outcomes(100):
                homes.setdefault(outcome["label"], set()).add(outcome["pid"])
            self.assertTrue(all(len(pids) == 1 for pids in homes.values()), homes)

    def test_a_session_ends_with_its_worker(self):
        with Server(workers=1) as server, server.client() as client:
            client.outcome(client.submit("value 1", session="a"))
            jobs = [client.submit(source, session="a") for source in ("sleep 300", "segv", "value 1", "value 2")]
            self.assertEqual([client.outcome(job)["verdict"] for job in jobs], ["ok", "signal", "lost", "lost"])
            self.assertEqual(client.outcome(client.submit("value 1", session="a"))["verdict"], "ok")

    def test_a_process_of_its_own(self):
        for spares in ("0", "2"):
            with Server("--spares", spares, workers=2) as server, server.client() as client:
                used = client.outcome(client.submit("count"))["pid"]
                pids = [client.outcome(client.submit("value 1", isolation="process"))["pid"] for _ in range(10)]
                self.assertEqual(len(set(pids)), 10)
                self.assertNotIn(used, pids)
                wait_until(lambda: len(server.pids("ready")) == 2 + int(spares))
                for pid in pids:
                    wait_until(lambda: not alive(pid))

    def test_many_processes_at_once(self):
        with Server("--spares", "1", workers=2) as server, server.client() as client:
            jobs = [client.submit("sleep 10", isolation="process") for _ in range(20)]
            outcomes = [client.outcome(job) for job in jobs]
            self.assertEqual(len({outcome["pid"] for outcome in outcomes}), 20)
            self.assertEqual({outcome["verdict"] for outcome in outcomes}, {"ok"})

    def test_recycling(self):
        with Server("--recycle-jobs", "5", workers=2) as server, server.client() as client:
            pids = {}
            for _ in range(100):
                pid = client.outcome(client.submit("sleep 2"))["pid"]
                pids[pid] = pids.get(pid, 0) + 1
            self.assertGreater(len(pids), 5)
            wait_until(lambda: len(server.pids("ready")) == 2)
            self.assertEqual(server.status()["deaths"], 0)


class Queueing(unittest.TestCase):
    def test_priorities(self):
        with Server(workers=1) as server, server.client() as client:
            client.submit("sleep 100")
            for priority in (0, -1, 5, 2):
                client.submit("value 1", priority=priority, label=str(priority))
            labels = [client.outcome().get("label") for _ in range(5)]
            self.assertEqual(labels, [None, "5", "2", "0", "-1"])

    def test_fairness_between_clients(self):
        with Server(workers=1) as server, server.client() as greedy, server.client() as modest:
            for _ in range(50):
                greedy.submit("sleep 50")
            start = time.monotonic()
            modest.outcome(modest.submit("value 1"))
            self.assertLess(time.monotonic() - start, 5.0 * SLOW)

    def test_a_deadline(self):
        with Server(workers=1) as server, server.client() as client:
            running = client.submit("sleep 200")
            late = client.submit("value 1", deadline_ms=50)
            in_time = client.submit("value 1", deadline_ms=5000)
            outcome = client.outcome(late)
            self.assertEqual((outcome["verdict"], outcome.get("attempt")), ("rejected", None))
            self.assertEqual([client.outcome(job)["verdict"] for job in (running, in_time)], ["ok", "ok"])

    def test_a_deadline_of_one_that_is_with_a_worker_already(self):
        """What waits behind a job was sent ahead, since those before were quick."""
        with Server(workers=1) as server, server.client() as client:
            for job in [client.submit("value 1") for _ in range(50)]:
                client.outcome(job)
            running = client.submit("sleep 1500")
            start = time.monotonic()
            late = client.submit("value 1", deadline_ms=100)
            in_time = client.submit("value 1", deadline_ms=30000)
            outcome = client.outcome(late)
            self.assertEqual((outcome["verdict"], outcome.get("attempt")), ("rejected", None))
            self.assertLess(time.monotonic() - start, 1.0)
            self.assertEqual([client.outcome(job)["verdict"] for job in (running, in_time)], ["ok", "ok"])

    def test_a_full_queue_rejects_or_lets_wait(self):
        with Server("--queue", "3", workers=1) as server, server.client() as client, server.client() as patient:
            client.submit("sleep 200")
            wait_until(lambda: server.status()["running"] == 1)
            for _ in range(3):
                client.submit("value 1")
            with self.assertRaises(Refused) as refused:
                client.submit("value 1")
            self.assertEqual(refused.exception.name, "queue-full")
            start = time.monotonic()
            job = patient.submit("value 2", when_full="wait")
            self.assertGreater(time.monotonic() - start, 0.05)
            self.assertEqual(patient.outcome(job)["verdict"], "ok")

    def test_a_flood_of_waiting_submits_all_get_through(self):
        with Server("--queue", "10", workers=2) as server, server.client() as client:
            requests = [client.request("submit", {"source": "value 1", "when_full": "wait", "events": "outcome"}) for _ in range(500)]
            jobs = {client.answer(request)["job"] for request in requests}
            outcomes = client.outcomes(500)
            self.assertEqual({outcome["job"] for outcome in outcomes}, jobs)
            self.assertEqual({outcome["verdict"] for outcome in outcomes}, {"ok"})

    def test_no_job_waits_behind_a_long_one_while_a_worker_is_free(self):
        with Server(workers=2) as server, server.client() as client:
            for job in [client.submit("value 1") for _ in range(2000)]:
                client.outcome(job)
            requests = [client.request("submit", {"source": source, "events": "outcome"}) for source in ["sleep 5000"] + ["value 1"] * 100]
            jobs = [client.answer(request)["job"] for request in requests]
            start = time.monotonic()
            for job in jobs[1:]:
                self.assertEqual(client.outcome(job)["verdict"], "ok")
            self.assertLess(time.monotonic() - start, 2 * SLOW)

    def test_jobs_of_sessions_count_too(self):
        with Server("--queue", "5", workers=1) as server, server.client() as client:
            client.outcome(client.submit("value 1", session="a"))
            client.submit("sleep 300", session="a")
            with self.assertRaises(Refused):
                for _ in range(100):
                    client.submit("value 1", session="a")

    def test_maxima(self):
        maxima = {"wall_ms": ("timeout", "1s", 1000), "cpu_ms": ("cpu", "2s", 2000), "fuel": ("fuel", "5k", 5000), "heap_soft": ("memory", "64M", 64 << 20),
                  "heap_hard": ("memory", "64M", 64 << 20), "output_bytes": ("output", "1k", 1024), "recursion": ("recursion", "100", 100),
                  "threads": ("threads", "7", 7), "result_bytes": ("result", "2k", 2048)}
        options = [word for option, most, _ in maxima.values() for word in ("--max-" + option, most)]
        with Server(*options) as server, server.client() as client:
            for field, (_, _, most) in maxima.items():
                for above in (most + 1, 1 << 40, (1 << 64) - 1):
                    with self.assertRaises(Refused) as refused:
                        client.submit("", limits={field: above})
                    self.assertEqual(refused.exception.name, "above-maximum")
                    self.assertEqual(refused.exception.args[0]["message"], f"limits.{field}: {above} is above the server's maximum of {most}")
                self.assertEqual(client.outcome(client.submit("", limits={field: most}))["verdict"], "ok", field)
            for wrong in (-1, 1.5, "many", 1 << 63 << 1, [], {}, True):
                with self.subTest(wrong), self.assertRaises((Refused, OverflowError)) as refused:
                    client.submit("", limits={"threads": wrong})
                if isinstance(refused.exception, Refused):
                    self.assertIn("limits.threads", refused.exception.args[0]["message"])

    def test_idempotency_keys(self):
        with Server() as server, server.client() as client, server.client() as other:
            job = client.submit("value 7", idempotency_key="k", value_as="json")
            self.assertEqual(msgpack.unpackb(client.outcome(job)["value"]), 7)
            again = other.call("submit", {"source": "value 7", "idempotency_key": "k"})
            self.assertEqual((again["job"], again["existing"]), (job, True))
            self.assertEqual(msgpack.unpackb(other.outcome(job)["value"]), 7)
            self.assertEqual(server.status()["accepted"], 1)

    def test_detached_jobs_can_be_attached_to(self):
        with Server(workers=1) as server:
            with server.client() as client:
                done = client.submit("value 3", on_disconnect="keep", value_as="json")
                running = client.submit("sleep 200;value 4", on_disconnect="keep", value_as="json")
                client.submit("value 5")
            with server.client() as client:
                wait_until(lambda: server.status()["running"] == 1)
                client.call("attach", {"job": done})
                self.assertEqual(msgpack.unpackb(client.outcome(done)["value"]), 3)
                client.call("attach", {"job": running})
                self.assertEqual(msgpack.unpackb(client.outcome(running)["value"]), 4)
                with self.assertRaises(Refused):
                    client.call("attach", {"job": 999})


class Submitting(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server().__enter__()
        with open(os.path.join(FOLDER, "lib.py"), "w") as file:
            file.write("# the worker without Python looks at the function's name only\n")

    @classmethod
    def tearDownClass(cls):
        cls.server.__exit__()

    def submit(self, *words, **more):
        return self.server.atoll("submit", *words, **more)

    def test_output_value_and_exit_code(self):
        done = self.submit("-c", "print hi;eprint oh;value 42")
        self.assertEqual((done.stdout, done.stderr, done.returncode), ("hi\n42\n", "oh\n", 0))
        self.assertEqual(self.submit("-c", "print hi").stdout, "hi\n")
        self.assertEqual(self.submit("-c", "raise boo").returncode, 1)
        self.assertEqual(self.submit("-c", "sysexit 9").returncode, 9)
        self.assertEqual(self.submit("-c", "segv").returncode, 139)
        self.assertEqual(self.submit("-t", "50ms", "-c", "spin").returncode, 124)

    def test_calls(self):
        self.assertEqual(self.submit("--call", "lib.py:inc", "--args", "[41]").stdout, "42\n")
        self.assertEqual(self.submit("--call", "lib.py:nothing").stdout, "None\n")
        done = self.submit("--json", "--call", "lib.py:echo", "--args", '[1, "a", {"b": [null, 2.5]}]')
        outcome = json.loads(done.stdout)
        self.assertEqual((outcome["verdict"], outcome["value"]), ("ok", [1, "a", {"b": [None, 2.5]}]))

    def test_json_outcomes(self):
        outcome = json.loads(self.submit("--json", "--label", "tea", "-c", "raise boo").stdout)
        self.assertEqual(outcome["verdict"], "error")
        self.assertEqual((outcome["error"]["type"], outcome["error"]["message"], outcome["label"]), ("ValueError", "boo", "tea"))
        self.assertIn("wall_us", outcome["usage"])

    def test_stdin(self):
        self.assertEqual(self.submit("-c", "input", stdin="typed\n").stdout, "typed\n")

    def test_wrong_arguments(self):
        for words in (("--call", "lib.py:f", "--args", "{}"), ("--call", "lib.py:f", "--args", "[1"), ("-c", "", "--args", "[]")):
            self.assertEqual(self.submit(*words).returncode, 2)


class Mapping(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        with open(os.path.join(FOLDER, "lib.py"), "w") as file:
            file.write("#\n")

    def test_in_input_order(self):
        lines = "".join(f"{i}\n" for i in range(3000))
        wanted = "".join(f"{i + 1}\n" for i in range(3000))
        self.assertEqual(atoll("map", "-w", "3", "lib.py:inc", stdin=lines).stdout, wanted)
        with Server(workers=3) as server:
            done = server.atoll("map", "lib.py:inc", stdin=lines)
            self.assertEqual((done.stdout, done.stderr, done.returncode), (wanted, "", 0))

    def test_order_is_kept_when_jobs_end_out_of_order(self):
        lines = "".join(f"{30 if i % 3 == 0 else 1}\n" for i in range(30))
        done = atoll("map", "-w", "3", "lib.py:sleep", stdin=lines)
        self.assertEqual((done.stdout, done.returncode), ("null\n" * 30, 0))

    def test_unordered(self):
        done = atoll("map", "-u", "-w", "2", "lib.py:inc", stdin="".join(f"{i}\n" for i in range(5000)))
        self.assertEqual(sorted(map(int, done.stdout.split())), list(range(1, 5001)))

    def test_failing_lines_are_reported_and_the_rest_is_done(self):
        done = atoll("map", "-w", "2", "lib.py:odd", stdin="0\n1\n2\n\n{\n6")
        self.assertEqual((done.stdout, done.returncode), ("0\n2\n6\n", 1))
        self.assertEqual(len(done.stderr.splitlines()), 2)
        self.assertIn("line 2: ValueError: odd", done.stderr)
        self.assertIn("line 5: not JSON", done.stderr)

    def test_a_dying_worker_costs_one_line(self):
        done = atoll("map", "-w", "2", "lib.py:segv", stdin="1\n2\n")
        self.assertEqual((done.returncode, len(done.stderr.splitlines())), (1, 2))

    def test_from_a_file_and_with_no_input(self):
        with open(os.path.join(FOLDER, "in.jsonl"), "w") as file:
            file.write("1\n2")
        self.assertEqual(atoll("map", "-w", "1", "--in", "in.jsonl", "lib.py:inc").stdout, "2\n3\n")
        done = atoll("map", "-w", "1", "lib.py:inc", stdin="")
        self.assertEqual((done.stdout, done.returncode), ("", 0))
        self.assertEqual(atoll("map", "--in", "absent", "lib.py:inc").returncode, 2)

    def test_long_lines(self):
        long = json.dumps(["x" * 2_000_000])
        self.assertEqual(json.loads(atoll("map", "-w", "1", "lib.py:echo", stdin=long + "\n").stdout), [json.loads(long)])

    def test_a_pool_that_cannot_start(self):
        done = atoll("map", "-w", "1", "lib.py:inc", stdin="1\n", env={"ATOLL_WORKER_PATH": "/bin/true"})
        self.assertEqual(done.returncode, 1)
        self.assertIn("cannot start workers", done.stderr)


if __name__ == "__main__":
    main()
