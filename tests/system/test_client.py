"""A pool seen by a client that shares no code with it."""
import subprocess
import sys

import msgpack

from support import ROOT, Pool, RpcError, SystemTest


class ThirdPartyClient(SystemTest):
    def test_hello_submit_output_outcome(self):
        with Pool(1) as pool:
            done = subprocess.run([sys.executable, ROOT / "tests/system/third_party_client.py", pool.socket], capture_output=True,
                                  text=True, timeout=30)
        self.assertEqual(done.returncode, 0, done.stderr)
        lines = done.stdout.splitlines()
        self.assertTrue(lines[0].startswith("hello from atoll"), lines)
        self.assertIn("stdout: counting", lines)
        self.assertIn("stderr: a warning", lines)
        self.assertEqual(lines[-1], "ok {'squares': [0, 1, 4, 9, 16], 'name': 'café'}")


class Jobs(SystemTest):
    @classmethod
    def setUpClass(cls):
        cls.pool = Pool(2)
        cls.pool.__enter__()
        cls.addClassCleanup(cls.pool.__exit__)

    def setUp(self):
        self.client = self.pool.client()
        self.addCleanup(self.client.__exit__)

    def test_value_of_the_last_expression(self):
        outcome, _, _ = self.client.run(source="x = 20\nx * 2 + 2")
        self.assertEqual((outcome["verdict"], msgpack.unpackb(outcome["value"])), ("ok", 42))

    def test_value_as_repr(self):
        outcome, _, _ = self.client.run(source="{1: (2, 3), 'x': {4}}", value_as="repr")
        self.assertEqual(outcome["value_repr"], "{1: (2, 3), 'x': {4}}")

    def test_call_with_arguments(self):
        call = {"source": "def f(a, b=1, *, c=0):\n    return [a, b, c]\n", "function": "f"}
        outcome, _, _ = self.client.run(call=call, args=msgpack.packb([1]), kwargs=msgpack.packb({"c": 3}))
        self.assertEqual(msgpack.unpackb(outcome["value"]), [1, 1, 3])

    def test_error_has_type_message_and_traceback(self):
        outcome, _, _ = self.client.run(source="def f():\n    return {}['k']\nf()\n", filename="prog.py")
        self.assertEqual(outcome["verdict"], "error")
        self.assertEqual((outcome["error"]["type"], outcome["error"]["message"]), ("KeyError", "'k'"))
        self.assertEqual(outcome["error"]["traceback"], 'Traceback (most recent call last):\n  File "prog.py", line 3, in <module>\n'
                         "    f()\n  File \"prog.py\", line 2, in f\n    return {}['k']\n           ~~^^^^^\nKeyError: 'k'\n")

    def test_output_keeps_its_order_over_both_streams(self):
        source = "import sys\nfor i in range(50):\n    print(i, file=(sys.stdout, sys.stderr)[i % 2], flush=True)\n"
        job = self.client.submit(source=source, want_output=True)
        outcome, events = self.client.outcome(job)
        data = [record["data"] for name, record in events if name == "output"]
        self.assertEqual(b"".join(data).split(), [str(i).encode() for i in range(50)])
        seqs = [record.get("seq", 0) for name, record in events if name == "output"]
        self.assertEqual(seqs, list(range(len(seqs))))

    def test_events_come_in_order_and_once(self):
        job = self.client.submit(source="print(1)", want_output=True)
        outcome, events = self.client.outcome(job)
        names = [name for name, _ in events]
        self.assertEqual([n for n in names if n in ("accepted", "started")], ["accepted", "started"])
        self.assertEqual(outcome["verdict"], "ok")
        self.assertIn("wall_us", outcome["usage"])

    def test_stdin_is_fed(self):
        job = self.client.submit(source="print(input().upper())\nimport sys\nprint(len(sys.stdin.read()))", stdin_mode="stream", want_output=True)
        self.client.send([2, "input", {"job": job, "data": b"hello\nrest"}])
        self.client.send([2, "input", {"job": job, "data": b" of it", "eof": True}])
        outcome, events = self.client.outcome(job)
        self.assertEqual(b"".join(r["data"] for n, r in events if n == "output"), b"HELLO\n10\n")

    def test_without_stdin_reading_gives_end_of_file(self):
        outcome, out, _ = self.client.run(source="import sys\nprint(repr(sys.stdin.read()))", want_output=True)
        self.assertEqual(out, "''\n")

    def test_fresh_jobs_see_nothing_of_each_other(self):
        for _ in range(4):
            outcome, _, _ = self.client.run(source="import sys\nseen = hasattr(sys, 'left')\nsys.left = 1\nseen", value_as="repr")
            self.assertEqual(outcome["value_repr"], "False")

    def test_session_keeps_state(self):
        self.client.run(source="count = 1\ndef bump():\n    global count\n    count += 1\n    return count", isolation="session", session="s1")
        values = [self.client.run(source="bump()", isolation="session", session="s1", value_as="repr")[0]["value_repr"] for _ in range(3)]
        self.assertEqual(values, ["2", "3", "4"])
        outcome, _, _ = self.client.run(source="count", isolation="session", session="s2")
        self.assertEqual(outcome["error"]["type"], "NameError")

    def test_process_isolation_is_a_new_process(self):
        pids = {self.client.run(source="1", isolation="process")[0]["pid"] for _ in range(3)}
        self.assertEqual(len(pids), 3)

    def test_cancel_ends_an_endless_loop(self):
        job = self.client.submit(source="while True: pass")
        self.assertTrue(self.client.call("cancel", job=job)["found"])
        outcome, _ = self.client.outcome(job)
        self.assertEqual(outcome["verdict"], "cancelled")

    def test_cancel_raises_keyboard_interrupt(self):
        job = self.client.submit(source="try:\n    while True: pass\nfinally:\n    print('cleaned up')", want_output=True)
        while self.client.event()[0] != "started":
            pass
        self.client.call("cancel", job=job)
        outcome, events = self.client.outcome(job)
        self.assertEqual(outcome["verdict"], "cancelled")
        self.assertEqual(b"".join(r["data"] for n, r in events if n == "output"), b"cleaned up\n")

    def test_cancel_of_an_unknown_job(self):
        self.assertFalse(self.client.call("cancel", job=10 ** 9).get("found", False))

    def test_idempotency_key_gives_the_same_job(self):
        first = self.client.call("submit", source="1", idempotency_key="same")
        second = self.client.call("submit", source="1", idempotency_key="same")
        self.assertEqual(first["job"], second["job"])
        self.assertTrue(second.get("existing"))

    def test_unserializable_value_names_the_path(self):
        outcome, _, _ = self.client.run(source="[1, 2, 3, {'conn': (i for i in [])}]")
        self.assertEqual((outcome["verdict"], outcome["error"]["type"]), ("error", "TypeError"))
        self.assertIn("result[3]", outcome["error"]["message"])
        self.assertIn("conn", outcome["error"]["message"])

    def test_a_value_larger_than_a_message_is_an_error_of_the_job(self):
        with Pool(1) as pool:
            for options in ([], ["--json"]):
                done = pool.atoll("submit", *options, "-c", "'x' * 10**8")
                self.assertEqual(done.returncode, 1)
                self.assertIn("ValueError", done.stdout + done.stderr)

    def test_refusals(self):
        for params, name in (({}, "missing-field"), ({"source": 5}, "wrong-type"), ({"source": "1", "nonsense": 1}, "unknown-field"),
                             ({"source": "1", "isolation": "deep"}, "bad-value"), ({"source": "1", "limits": {"wall": 1}}, "unknown-field")):
            with self.subTest(params=params), self.assertRaises(RpcError) as caught:
                self.client.call("submit", **params)
            self.assertIn(caught.exception.name, (name, "bad-value"))

    def test_many_jobs_at_once_all_end_once(self):
        jobs = {self.client.submit(source=f"{i} * {i}"): i for i in range(300)}
        seen = {}
        while len(seen) < 300:
            name, record = self.client.event()
            if name == "outcome" and record["job"] in jobs:
                self.assertNotIn(record["job"], seen)
                seen[record["job"]] = msgpack.unpackb(record["value"])
        self.assertEqual({jobs[j]: v for j, v in seen.items()}, {i: i * i for i in range(300)})

    def test_a_client_that_leaves_takes_its_job_along(self):
        other = self.pool.client()
        other.submit(source="while True: pass")
        other.connection.close()
        outcome, _, _ = self.client.run(source="'still here'", value_as="repr")
        self.assertEqual(outcome["value_repr"], "'still here'")
