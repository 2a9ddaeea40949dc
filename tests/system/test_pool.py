"""A pool under fire: killed workers, floods, slow and hostile clients, signals."""
import collections
import contextlib
import os
import random
import signal
import subprocess
import threading
import time

import msgpack

from support import SANITIZED, SLOW, Client, Pool, RpcError, SystemTest, wait_for


class Deaths(SystemTest):
    def test_two_hundred_jobs_while_workers_are_killed(self):
        random_ = random.Random(1)
        source = "import time\nfor _ in range(8):\n    time.sleep(0.005)\n{}"
        with Pool(4) as pool, pool.client() as client:
            jobs = {client.submit(source=source.format(i)): i for i in range(200)}
            outcomes, started, killed = collections.defaultdict(list), {}, {}
            next_kill = time.monotonic() + 0.05
            while len(outcomes) < 200:
                name, record = client.event()
                if name == "started":
                    started[record["job"]] = record["pid"]
                elif name == "outcome":
                    outcomes[record["job"]].append(record)
                if time.monotonic() > next_kill and len(killed) < 12:
                    busy = [(job, pid) for job, pid in started.items() if job not in outcomes and pid not in killed.values()]
                    if busy:
                        job, pid = random_.choice(busy)
                        killed[job] = pid
                        os.kill(pid, signal.SIGKILL)
                    next_kill = time.monotonic() + 0.05
            self.assertEqual(set(outcomes), set(jobs))
            self.assertTrue(all(len(o) == 1 for o in outcomes.values()), "an outcome came twice")
            verdicts = {job: o[0]["verdict"] for job, o in outcomes.items()}
            by_pid = {o[0]["pid"]: job for job, o in outcomes.items() if o[0]["verdict"] == "signal"}
            self.assertEqual(set(verdicts.values()) - {"ok", "signal"}, set())
            self.assertGreaterEqual(len(killed), 5)
            self.assertLessEqual(set(by_pid), set(killed.values()), "a job died whose worker nobody killed")
            for job, record in outcomes.items():
                if record[0]["verdict"] == "ok":
                    self.assertEqual(msgpack.unpackb(record[0]["value"]), jobs[job])
                else:
                    self.assertEqual(record[0]["signal"], signal.SIGKILL)
            self.back_to_size(pool, 4)

    def back_to_size(self, pool, size):
        def whole():
            states = [w["state"] for w in pool.status()["workers"]]
            return states.count("ready") == size
        wait_for(whole, 10, f"{size} ready workers")

    def test_retries_run_the_job_again(self):
        with Pool(1) as pool, pool.client() as client:
            job = client.submit(source="import time\ntime.sleep(0.3)\n'done'", retries=2, value_as="repr")
            while True:
                name, record = client.event()
                if name == "started":
                    os.kill(record["pid"], signal.SIGKILL)
                    break
            outcome, _ = client.outcome(job)
            self.assertEqual((outcome["verdict"], outcome["value_repr"], outcome["attempt"]), ("ok", "'done'", 2))

    def test_other_signals_are_told_apart(self):
        with Pool(1) as pool, pool.client() as client:
            for number in (signal.SIGTERM, signal.SIGABRT) if SANITIZED else (signal.SIGTERM, signal.SIGABRT, signal.SIGSEGV):
                job = client.submit(source="while True: pass")
                while True:
                    name, record = client.event()
                    if name == "started" and record["job"] == job:
                        os.kill(record["pid"], number)
                        break
                outcome, _ = client.outcome(job)
                self.assertEqual((outcome["verdict"], outcome["signal"]), ("signal", number))

    def test_idle_workers_are_replaced(self):
        with Pool(3) as pool:
            before = pool.pids()
            for pid in before:
                os.kill(pid, signal.SIGKILL)
            wait_for(lambda: len(set(pool.pids()) - set(before)) == 3, 10, "three new workers")
            with pool.client() as client:
                self.assertEqual(client.run(source="5", value_as="repr")[0]["value_repr"], "5")

    def test_workers_killed_while_others_start_do_not_end_the_pool(self):
        with Pool(4) as pool:
            wait_for(lambda: any(w["state"] == "ready" for w in pool.status()["workers"]), 10, "a first worker")
            for _ in range(3):
                for pid in pool.pids():
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(pid, signal.SIGKILL)
            self.back_to_size(pool, 4)

    def test_a_stopped_worker_is_killed_at_the_timeout(self):
        with Pool(1) as pool, pool.client() as client:
            job = client.submit(source="while True: pass", limits={"wall_ms": 500})
            while True:
                name, record = client.event()
                if name == "started":
                    os.kill(record["pid"], signal.SIGSTOP)
                    break
            outcome, _ = client.outcome(job)
            self.assertEqual(outcome["verdict"], "timeout-wall")
            self.back_to_size(pool, 1)


class HardMemory(SystemTest):
    LIMITS = {"heap_hard": 8 << 20, "wall_ms": int(10_000 * SLOW)}

    def test_a_program_that_catches_the_refusal_ends_all_the_same(self):
        source = "x = []\nwhile True:\n    try:\n        x.append(bytes(1 << 16))\n    except MemoryError:\n        pass"
        with Pool(1) as pool, pool.client() as client:
            before = pool.pids()
            self.assertEqual(client.run(source=source, limits=self.LIMITS)[0]["verdict"], "memory-hard")
            self.assertEqual(client.run(source="1")[0]["verdict"], "ok")
            self.assertEqual(pool.pids(), before)

    def test_it_is_said_of_the_job_that_met_it_and_not_of_the_next_in_its_session(self):
        with Pool(1) as pool, pool.client() as client:
            for source, verdict in (("x = []\nwhile True: x.append(bytes(1 << 16))", "memory-hard"), ("1 / 0", "error"), ("del x", "ok")):
                self.assertEqual(client.run(source=source, session="s", limits=self.LIMITS)[0]["verdict"], verdict)


class Signals(SystemTest):
    def test_term_finishes_running_jobs(self):
        with Pool(1) as pool, pool.client() as client:
            job = client.submit(source="import time\ntime.sleep(0.5)\n'finished'", value_as="repr")
            while client.event()[0] != "started":
                pass
            pool.process.send_signal(signal.SIGTERM)
            outcome, _ = client.outcome(job)
            self.assertEqual(outcome.get("value_repr"), "'finished'")
            self.assertEqual(pool.process.wait(10 * SLOW), 0)

    def test_int_is_quick(self):
        with Pool(2) as pool, pool.client() as client:
            client.submit(source="while True: pass")
            while client.event()[0] != "started":
                pass
            pids = pool.pids()
            start = time.monotonic()
            pool.process.send_signal(signal.SIGINT)
            pool.process.wait(10 * SLOW)
            self.assertLess(time.monotonic() - start, 3 * SLOW)
            wait_for(lambda: not any(os.path.exists(f"/proc/{pid}") for pid in pids), 5, "the workers' end")

    def test_killed_supervisor_leaves_no_worker(self):
        with Pool(3) as pool:
            pids = pool.pids()
            os.kill(pool.process.pid, signal.SIGKILL)
            pool.process.wait()
            wait_for(lambda: not any(os.path.exists(f"/proc/{pid}") for pid in pids), 5, "the workers' end")

    def test_stop_waits_and_stop_now_does_not(self):
        with Pool(1) as pool, pool.client() as client:
            job = client.submit(source="import time\ntime.sleep(0.4)\n'late'", value_as="repr")
            while client.event()[0] != "started":
                pass
            stopper = threading.Thread(target=lambda: pool.atoll("stop"))
            stopper.start()
            self.assertEqual(client.outcome(job)[0].get("value_repr"), "'late'")
            stopper.join()
            self.assertEqual(pool.process.wait(10), 0)
        with Pool(1) as pool, pool.client() as client:
            client.submit(source="while True: pass")
            pool.atoll("stop", "--now")
            pool.process.wait(5 * SLOW)


class Floods(SystemTest):
    def test_full_queue_rejects_or_waits(self):
        with Pool(1, "--queue", "5", "--depth", "1") as pool, pool.client() as client:
            refused = 0
            for _ in range(30):
                try:
                    client.submit(source="import time\ntime.sleep(0.05)")
                except RpcError as error:
                    self.assertEqual(error.name, "queue-full")
                    refused += 1
            self.assertGreater(refused, 5)
            with pool.client() as patient:
                patient.submit(source="1", when_full="wait")

    def test_a_client_that_does_not_read_harms_nobody(self):
        with Pool(2) as pool, pool.client() as lazy:
            for i in range(50):
                lazy.number += 1
                lazy.send([0, lazy.number, "submit", {"source": "print('x' * 100000)", "want_output": True}])
            with pool.client() as other:
                start = time.monotonic()
                outcome, _, _ = other.run(source="1 + 1", value_as="repr")
                self.assertEqual(outcome["value_repr"], "2")
                self.assertLess(time.monotonic() - start, 10 * SLOW)

    def test_a_flood_of_output_arrives_whole(self):
        with Pool(1) as pool, pool.client() as client:
            _, out, _ = client.run(source="for i in range(200000): print(i)", want_output=True)
            self.assertEqual(out, "".join(f"{i}\n" for i in range(200000)))


class Hostile(SystemTest):
    """Frames that no honest client sends: the server answers or closes, and goes on serving everybody else."""

    def frames(self):
        """At least ten thousand wrong messages of every kind, from a seeded generator."""
        random_ = random.Random(20240607)
        good = msgpack.packb([0, 1, "submit", {"source": "1 + 1", "limits": {"wall_ms": 10}}])
        words = ["submit", "hello", "cancel", "status", "outcome", "", "x" * 300, "input", "job"]

        def junk(depth=0):
            kind = random_.randrange(11 if depth < 4 else 7)
            if kind == 0: return None
            if kind == 1: return random_.choice([True, False])
            if kind == 2: return random_.choice([0, 1, -1, 2**31, 2**63, 2**64 - 1, -2**63])
            if kind == 3: return random_.random()
            if kind == 4: return random_.choice(words)
            if kind == 5: return random_.randbytes(random_.randrange(20))
            if kind == 6: return msgpack.ExtType(random_.randrange(128), random_.randbytes(random_.randrange(9)))
            if kind < 9: return [junk(depth + 1) for _ in range(random_.randrange(5))]
            return {random_.choice(["job", "source", "call", "limits", "protocol", "args", "name", "x"]): junk(depth + 1) for _ in range(random_.randrange(5))}

        for n in range(10500):
            kind = n % 7
            if kind == 0:
                yield random_.randbytes(random_.randrange(1, 200))
            elif kind == 1:
                yield good[:random_.randrange(1, len(good))]
            elif kind == 2:
                yield msgpack.packb(junk())
            elif kind == 3:
                yield msgpack.packb([random_.choice([0, 1, 2, 3, -1, "0"]), random_.randrange(5), random_.choice(words), junk()])
            elif kind == 4:
                yield b"\x91" * random_.randrange(33, 5000) + b"\xc0"
            elif kind == 5:
                yield random_.choice([b"\xdd\xff\xff\xff\xff", b"\xdf\xff\xff\xff\xff", b"\xc6\xff\xff\xff\xff", b"\xdb\xff\xff\xff\xff", b"\xc9\xff\xff\xff\xff\x01", b"\xc1"]) + b"x"
            else:
                broken = bytearray(good)
                for _ in range(random_.randrange(1, 4)):
                    broken[random_.randrange(len(broken))] = random_.randrange(256)
                yield bytes(broken)

    def test_ten_thousand_frames(self):
        with Pool(1) as pool:
            sent = 0
            connection, used = None, 0
            for frame in self.frames():
                if connection is None:
                    connection, used = Client(pool.socket, hello=random.Random(sent).random() < 0.7), 0
                    connection.connection.settimeout(0.0)
                try:
                    connection.connection.send(frame)
                except OSError:
                    connection.__exit__()
                    connection = None
                    continue
                sent += 1
                used += 1
                try:
                    while connection.connection.recv(65536):
                        pass
                    closed = True
                except BlockingIOError:
                    closed = False
                except OSError:
                    closed = True
                if closed or used >= 20:
                    connection.__exit__()
                    connection = None
                if sent % 1000 == 0:
                    self.assertIsNone(pool.process.poll(), pool.log())
                    with pool.client() as client:
                        self.assertEqual(client.run(source="1 + 1", value_as="repr")[0]["value_repr"], "2")
            self.assertGreaterEqual(sent, 9000)
            self.assertIsNone(pool.process.poll(), pool.log())

    def test_structured_errors(self):
        with Pool(1) as pool:
            for message, name in (([0, 5, "nonsense", {}], "unknown-method"), ([0, 5, "submit", {"source": 1}], "wrong-type"),
                                  ([0, 5, "cancel", {}], "missing-field"), ([0, 5, "cancel", {"job": 1, "x": 2}], "unknown-field"),
                                  ([0, 5, "hello", {"protocol": 1, "name": "again", "version": ""}], "wrong-phase")):
                with self.subTest(message=message), pool.client() as client:
                    client.send(message)
                    answer = client.receive()
                    self.assertEqual((answer[0], answer[1], answer[2]["name"]), (1, 5, name))

    def test_before_hello(self):
        with Pool(1) as pool:
            client = Client(pool.socket, hello=False)
            client.send([0, 1, "status", {}])
            self.assertEqual(client.receive()[2]["name"], "wrong-phase")
            client = Client(pool.socket, hello=False)
            client.send([0, 1, "hello", {"protocol": 999, "name": "x", "version": "1"}])
            self.assertEqual(client.receive()[2]["name"], "bad-version")

    def test_oversized_message(self):
        with Pool(1) as pool, pool.client() as client:
            client.connection.sendall(b"\x94\x00\x01\xa6submit\x81\xa6source\xdb\x7f\xff\xff\xff")
            try:
                answer = client.receive()
                self.assertIn(answer[2]["name"], ("too-large", "malformed"))
            except (EOFError, OSError):
                pass
            with pool.client() as other:
                self.assertEqual(other.run(source="3", value_as="repr")[0]["value_repr"], "3")

    def test_one_byte_at_a_time(self):
        with Pool(1) as pool:
            client = Client(pool.socket, hello=False)
            for byte in msgpack.packb([0, 1, "hello", {"protocol": 1, "name": "slow", "version": "1"}]):
                client.connection.send(bytes([byte]))
            self.assertEqual(client.receive()[3]["name"], "atoll")
            for byte in msgpack.packb([0, 2, "submit", {"source": "'byte by byte'", "value_as": "repr"}]):
                client.connection.send(bytes([byte]))
            job = client.receive()[3]["job"]
            self.assertEqual(client.outcome(job)[0]["value_repr"], "'byte by byte'")

    def test_hostile_arguments(self):
        random_ = random.Random(5)
        call = {"source": "def f(*a):\n    return 1\n", "function": "f"}
        with Pool(1) as pool, pool.client() as client:
            for _ in range(300):
                body = random_.randbytes(random_.randrange(40))
                args = random_.choice([body, msgpack.packb(msgpack.ExtType(0x41, b"\x01\xce\x00\x00\x00\x02" + body)), b"\x91" * 600 + b"\xc0"])
                try:
                    outcome, _, _ = client.run(call=call, args=args)
                    self.assertIn(outcome["verdict"], ("ok", "error", "rejected"))
                except RpcError:
                    pass
            self.assertEqual(client.run(source="8", value_as="repr")[0]["value_repr"], "8")
