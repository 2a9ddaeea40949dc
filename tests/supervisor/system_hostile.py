"""Clients that mean no good, or just do not read."""
import os
import random
import re
import socket
import subprocess
import sys
import time
import unittest

from pool_harness import FOLDER, SLOW, Refused, Server, main, msgpack, wait_until

ROOM = 8 if SLOW > 1 else 1  # factor on limits of memory: a sanitizer keeps freed blocks for a while
HELLO = msgpack.packb([0, 1, "hello", {"protocol": 1, "name": "x", "version": "0"}])


PROTOCOL = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../ipc/include/ipc/messages.def")
OF_EVERY_TYPE = [None, True, 0, 1, -1, 2**63, 2**64 - 1, -2**63, 1.5, float("nan"), "", "x", "x" * 70000, b"", b"\xff" * 300, [], [1, [2, [3]]], {}, {"a": 1},
                 {1: 2}, msgpack.ExtType(5, b"abc"), [[[[[[[[[[[[]]]]]]]]]]]], ["a"] * 1000]


def methods():
    """(name, its parameters' fields) of every method in either direction, but for those that would end the server."""
    with open(PROTOCOL) as file:
        text = file.read()
    fields = {record[1]: re.findall(r"IPC_FIELD(?:_ENUM|_RECORD)?\(\w+, (\w+)", record[0])
              for record in re.finditer(r"^IPC_RECORD\((\w+),.*?^IPC_END", text, re.M | re.S)}
    for name, params in re.findall(r'^IPC_METHOD\(\w+,\s*"(\w+)",\s*\w+, \w+, \w+,\s*(\w+),', text, re.M):
        if name not in ("hello", "stop", "drain", "scale", "reload"):
            yield name, fields[params]


def hostile_frame(random):
    """One of: noise, a message cut short, a message with bytes changed, wrong types, deep nesting, huge lengths, unknown methods."""
    good = msgpack.packb([0, random.randrange(2**32), random.choice(["submit", "status", "cancel", "ping", "subscribe", "attach", "interrupt", "end_session"]),
                          random.choice([{}, {"source": "value 1"}, {"job": 1}, {"workers": True},
                                         {"source": "value 1", "limits": {"wall_ms": 5}, "argv": ["a"]}])])
    kind = random.randrange(9)
    if kind == 0:
        return random.randbytes(random.randrange(1, 200))
    if kind == 1:
        return good[:random.randrange(len(good))]
    if kind == 2:
        data = bytearray(good)
        for _ in range(random.randrange(1, 4)):
            data[random.randrange(len(data))] = random.randrange(256)
        return bytes(data)
    if kind == 3:
        return msgpack.packb(random.choice([0, -1, None, 1.5, "text", [], [0], [9, 1, 2, 3], {"a": 1}, [0, 1], [0, "1", "ping", {}],
                                            [2, 5, {}], [0, 1, "submit", []], [1, 7, None, None], [0, 2**40, "ping", {}]]))
    if kind == 4:
        return b"\x91" * random.randrange(1, 5000)
    if kind == 5:
        return random.choice([b"\xdd\xff\xff\xff\xff", b"\xdf\xff\xff\xff\xff", b"\xdb\xff\xff\xff\xff", b"\xc6\xff\xff\xff\xff"])
    if kind == 6:
        return msgpack.packb([0, 5, random.choice(["", "fly", "x" * 300, "hello", "job", "outcome"]), {}])
    if kind == 7:
        return msgpack.packb([0, 6, "submit", {random.choice(["source", "call", "limits", "priority", "colour", "sources", "module"]):
                                               random.choice([1, None, [], {}, -5, "x", 2**63, b"\xff"])}])
    return msgpack.packb([2, random.choice(["input", "cancel", "file", "nothing"]), {"job": random.randrange(5), "data": b"x" * 100}])


class Hostile(unittest.TestCase):
    def test_10000_hostile_frames_leave_it_serving(self):
        rng = random.Random(2026)
        with Server(workers=2) as server, server.client() as good:
            frames = 0
            connections_before = server.descriptors()
            while frames < 10000:
                bad = socket.socket(socket.AF_UNIX)
                bad.connect(server.path)
                bad.settimeout(5)
                if rng.random() < 0.8:
                    bad.sendall(HELLO)
                burst = b"".join(hostile_frame(rng) for _ in range(rng.randrange(1, 40)))
                frames += 20
                try:
                    for at in range(0, len(burst), 701):
                        bad.sendall(burst[at:at + 701])
                except OSError:
                    pass
                bad.close()
                if frames % 1000 == 0:
                    self.assertEqual(good.outcome(good.submit("value 1"))["verdict"], "ok")
            self.assertEqual(good.outcome(good.submit("value 1"))["verdict"], "ok")
            wait_until(lambda: len(server.pids("ready")) == 2)
            wait_until(lambda: server.status()["clients"] == 2)
            wait_until(lambda: server.descriptors() == connections_before)
            self.assertEqual(server.status()["deaths"], 0)

    def test_every_method_with_every_type_in_every_field(self):
        with Server("--max-timeout", "300ms", workers=2) as server, server.client() as client:
            before, number = server.memory(), 1 << 20
            for name, fields in methods():
                for field in [*fields, "nosuch"]:
                    for value in OF_EVERY_TYPE:
                        params = {"source": "value 1", field: value} if name == "submit" else {field: value}
                        client.send([0, number, name, [params]])
                        client.send([2, name, [params]])
                        number += 1
                    client.call("ping")
                    client.events.clear()
                for params in (None, 1, "x", [None], [1], [[], []], [{}, {}], {"a": {}}):
                    client.send([0, number, name, params])
                client.call("ping")
            wait_until(lambda: server.status()["queued"] + server.status()["running"] == 0, 20)
            self.assertEqual(client.outcome(client.submit("value 1"))["verdict"], "ok")
            self.assertEqual(server.status()["deaths"], 0)
            self.assertLess(server.memory(), before + (ROOM * 8 << 20))

    def test_wrong_messages_are_answered(self):
        with Server() as server, server.client() as client:
            for method, params, name in [("fly", {}, "unknown-method"), ("submit", {"colour": 1}, "unknown-field"),
                                         ("submit", {"source": 5}, "wrong-type"), ("submit", {}, "bad-value"),
                                         ("submit", {"source": "", "call": {"function": "f"}}, "bad-value"),
                                         ("cancel", {}, "missing-field"), ("hello", {"protocol": 1, "name": "", "version": ""}, "wrong-phase"),
                                         ("scale", {"workers": 5000}, "bad-value")]:
                with self.subTest(method=method, params=params):
                    with self.assertRaises(Refused) as refused:
                        client.call(method, params)
                    self.assertEqual(refused.exception.name, name)
            self.assertEqual(client.outcome(client.submit("value 1"))["verdict"], "ok")

    def flood(self, client, jobs):
        for _ in range(jobs):
            client.request("submit", {"source": "flood 20000", "want_output": True, "events": "outcome"})

    def test_a_slow_client_is_bounded_and_loses_nothing(self):
        with Server("--client-buffer", "1M", workers=2) as server, server.client() as slow:
            before = server.memory()
            self.flood(slow, 20)
            time.sleep(1)
            self.assertLess(server.memory() - before, (16 << 20) * ROOM)
            total = ends = 0
            while ends < 20:
                message = slow.event()
                if message[0] == 2 and message[1] == "output":
                    total += len(message[2]["data"])
                ends += message[0] == 2 and message[1] == "outcome"
            self.assertEqual(total, 20 * 20000 * 1024)

    def test_a_slow_client_does_not_keep_workers_from_others(self):
        with Server("--slow-client", "10s", workers=2) as server, server.client() as slow, server.client() as quick:
            self.flood(slow, 20)
            time.sleep(0.3)
            start = time.monotonic()
            self.assertEqual(quick.outcome(quick.submit("value 1"))["verdict"], "ok")
            self.assertLess(time.monotonic() - start, 3 * SLOW)

    def test_a_client_that_never_reads_is_dropped(self):
        with Server("--client-buffer", "64k", "--slow-client", "1s", workers=1) as server, server.client() as slow:
            slow.submit("flood 20000", want_output=True)
            wait_until(lambda: server.status()["clients"] == 1, 6)  # the one that asks
            wait_until(lambda: len(server.pids("ready")) == 1)

    def test_replies_that_nobody_reads_are_bounded(self):
        with Server("--client-buffer", "256k") as server:
            client = server.client()
            before = server.memory()
            client.socket.settimeout(0.5)
            request = msgpack.packb([0, 7, "status", {}]) * 1000
            try:
                for _ in range(2000):
                    client.socket.sendall(request)
            except OSError:
                pass
            self.assertLess(server.memory() - before, (16 << 20) * ROOM)
            client.close()
            self.assertEqual(len(server.pids()), 2)

    def test_kept_outcomes_that_nobody_reads_are_bounded(self):
        for journal in ((), ("--journal", os.path.join(FOLDER, "attached"))):
            with Server("--client-buffer", "1M", *journal, workers=1) as server:
                client = server.client()
                job = client.submit("blob 1000000", on_disconnect="detach")
                wait_until(lambda: server.status()["kept"] == 1)
                before = server.memory()
                client.socket.settimeout(0.5)
                sent = 0
                try:
                    for _ in range(200):  # until the server reads no more of them
                        client.request("attach", {"job": job})
                        sent += 1
                except OSError:
                    pass
                time.sleep(0.3)
                self.assertLess(server.memory() - before, (16 << 20) * ROOM)
                self.assertEqual(len(server.pids()), 1)
                for _ in range(sent):  # and none is lost
                    self.assertEqual(client.outcome(job)["verdict"], "ok")
                client.close()

    def test_a_client_without_hello_is_told_and_bounded(self):
        with Server("--clients", "5") as server:
            idle = [socket.socket(socket.AF_UNIX) for _ in range(8)]
            for one in idle:
                one.connect(server.path)
            time.sleep(0.2)
            refused = 0
            for one in idle:
                one.setblocking(False)
                try:
                    refused += one.recv(1) == b""
                except BlockingIOError:
                    pass
                one.close()
            self.assertEqual(refused, 3)
            wait_until(lambda: len(server.pids()) == 2)

    def test_one_process_does_not_take_all_connections(self):
        with Server("--client-connections", "3") as server:
            mine = [server.client() for _ in range(3)]
            with self.assertRaises((ConnectionError, BrokenPipeError)):
                server.client()
            self.assertEqual(server.atoll("status").returncode, 0)  # another process
            mine.pop().close()
            wait_until(lambda: server.status()["clients"] == 3)
            with server.client() as again:
                again.call("ping")
            for one in mine:
                one.close()

    def test_one_client_does_not_take_the_whole_queue(self):
        with Server("--client-queue", "5", workers=1) as server, server.client() as greedy, server.client() as modest:
            for _ in range(5):
                greedy.submit("sleep 100")
            with self.assertRaises(Refused) as refused:
                greedy.submit("value 1")
            self.assertEqual(refused.exception.name, "too-many")
            self.assertEqual(modest.outcome(modest.submit("value 1"))["verdict"], "ok")
            job = greedy.submit("value 2", when_full="wait")  # when one of its own has ended
            self.assertEqual(greedy.outcome(job)["verdict"], "ok")
            requests = [greedy.request("submit", {"source": "value 1", "events": "outcome", "when_full": "wait"}) for _ in range(300)]
            jobs = {greedy.answer(request)["job"] for request in requests}
            seen = {}
            while not jobs <= set(seen):
                outcome = greedy.outcome()
                seen[outcome["job"]] = outcome["verdict"]
            self.assertEqual(set(seen.values()), {"ok"})

    def test_one_clients_jobs_are_bounded_in_bytes(self):
        with Server("--client-bytes", "300K", workers=1) as server, server.client() as greedy, server.client() as modest:
            for _ in range(2):
                greedy.submit("sleep 200;" + "#" * 120_000)
            with self.assertRaises(Refused) as refused:
                greedy.submit("#" * 120_000)
            self.assertEqual(refused.exception.name, "too-many")
            modest.outcome(modest.submit("value 1;" + "#" * 120_000))

    @unittest.skipUnless(os.geteuid() == 0, "only root can be somebody else")
    def test_another_user_is_turned_away(self):
        with Server() as server:
            os.chmod(os.path.dirname(server.path), 0o711)
            os.chmod(server.path, 0o777)  # so that only the check of the peer is left
            code = f"import socket; s = socket.socket(socket.AF_UNIX); s.connect({server.path!r}); print(s.recv(1))"
            done = subprocess.run([sys.executable, "-c", code], user=65534, group=65534, extra_groups=[], capture_output=True, text=True)
            self.assertEqual((done.stdout, done.stderr), ("b''\n", ""))
            wait_until(lambda: "another user" in server.read_log())
            self.assertEqual(server.atoll("status").returncode, 0)

    def test_input_for_a_job_that_does_not_read_is_bounded(self):
        with Server(workers=1) as server, server.client() as client:
            job = client.submit("sleep 1500", stdin_mode="stream")
            before = server.memory()
            client.socket.settimeout(1)
            chunk = msgpack.packb([2, "input", {"job": job, "data": b"x" * 60000}])
            try:
                for _ in range(2000):
                    client.socket.sendall(chunk)
            except OSError:
                pass
            self.assertLess(server.memory() - before, (32 << 20) * ROOM)
            client.close()

    def test_large_values_pass_through(self):
        with Server(workers=1) as server, server.client() as client:
            job = client.submit("blob 8000000")
            self.assertEqual(len(client.outcome(job)["value"]), 8000005)
            args = msgpack.packb(["x" * 4_000_000])
            job = client.call("submit", {"call": {"function": "echo"}, "args": args, "events": "outcome"})["job"]
            self.assertEqual(client.outcome(job)["value"], args)


if __name__ == "__main__":
    main()
