#!/usr/bin/python3.11
"""Jobs beside python3.11's own pools: how many a second, how long one takes, what values cost, how fast a dead worker is replaced.

    tests/bench/jobs.py [--runs N] [--json] [PART...]      parts: rates latency echo replacement journal

Two worker processes everywhere. Ratios are medians over interleaved runs of the same machine at the same time; the replacement of a
worker is told in milliseconds, since python3.11's pools have nothing to compare it with.
"""
import argparse
import concurrent.futures
import json
import multiprocessing
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time

import msgpack

sys.path.insert(0, __file__.rsplit("/", 1)[0])
from common import BUILD, median, pool

DRIVER = BUILD / "tests" / "bench_jobs"


def f(x):
    return x + 1


def echo(x):
    return x


def percentile(values, part):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))]


class Client:
    """A client in Python, as one would be written with msgpack."""

    def __init__(self, path):
        self.connection = socket.socket(socket.AF_UNIX)
        self.connection.connect(path)
        self.unpacker = msgpack.Unpacker(raw=False, strict_map_key=False, max_buffer_size=1 << 28)
        self.number = 0
        self.call("hello", protocol=1, name="bench", version="0")

    def send(self, method, params):
        self.number += 1
        self.connection.sendall(msgpack.packb([0, self.number, method, [params]]))

    def receive(self):
        while True:
            for message in self.unpacker:
                return message
            self.unpacker.feed(self.connection.recv(1 << 20))

    def event(self, wanted):
        while True:
            message = self.receive()
            if message[0] == 2 and message[1] == wanted:
                return message[2][0]

    def call(self, method, **params):
        self.send(method, params)
        while True:
            message = self.receive()
            if message[0] == 1 and message[1] == self.number:
                assert message[2] is None, message
                return message[3]

    def run(self, source, function, value):
        """The job's value, as it comes and goes: packed and unpacked."""
        call = {"source": source, "function": function}
        self.send("submit", {"call": call, "args": msgpack.packb([value]), "events": "outcome", "isolation": "session", "session": "s"})
        outcome = self.event("outcome")
        assert outcome["verdict"] == "ok", outcome
        return msgpack.unpackb(outcome["value"], strict_map_key=False)


# ---- jobs a second

def per_second(count, work):
    start = time.perf_counter()
    work()
    return count / (time.perf_counter() - start)


def executor_submit(count=10000):
    with concurrent.futures.ProcessPoolExecutor(2) as executor:
        list(executor.map(f, range(100)))

        def work():
            futures = [executor.submit(f, x) for x in range(count)]
            assert [future.result() for future in futures] == list(range(1, count + 1))
        return per_second(count, work)


def pool_imap(count=60000):
    with multiprocessing.Pool(2) as workers:
        list(workers.imap_unordered(f, range(100), chunksize=1))

        def work():
            assert sum(workers.imap_unordered(f, range(count), chunksize=1)) == count * (count + 1) // 2
        return per_second(count, work)


def bare_fork(count=1000):
    script = __file__.rsplit("/", 1)[0] + "/jobs/bare_fork.py"
    return float(subprocess.run(["/usr/bin/python3.11", script, str(count)], capture_output=True, text=True, check=True).stdout)


def driver(path, count, isolation, in_flight):
    done = subprocess.run([DRIVER, path, str(count), str(in_flight), isolation], capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stderr)
    return [float(word) for word in done.stdout.split()]


# (what Atoll does, what it is compared with, the ratio that is wanted)
RATES = [("session", "ProcessPoolExecutor.submit", 5.0), ("session", "Pool.imap_unordered(chunksize=1)", 1.5),
         ("fresh", "os.fork per job", 10.0), ("process", "os.fork per job", 3.0)]


def rates(path, runs):
    found = {}
    contestants = {
        "session": lambda: driver(path, 200000, "session", 512)[0], "fresh": lambda: driver(path, 20000, "fresh", 512)[0],
        "process": lambda: driver(path, 2000, "process", 16)[0], "ProcessPoolExecutor.submit": executor_submit,
        "Pool.imap_unordered(chunksize=1)": pool_imap, "os.fork per job": bare_fork}
    for _ in range(runs):
        for name, measure in contestants.items():
            found.setdefault(name, []).append(measure())
    for ours, theirs, wanted in RATES:
        yield f"jobs a second: {ours} / {theirs}", median(found[ours]) / median(found[theirs]), wanted, True


# ---- one job at a time

def executor_times(count=2000):
    with concurrent.futures.ProcessPoolExecutor(2) as executor:
        list(executor.map(f, range(100)))
        times = []
        for x in range(count):
            start = time.perf_counter()
            assert executor.submit(f, x).result() == x + 1
            times.append((time.perf_counter() - start) * 1e6)
    return percentile(times, 0.5), percentile(times, 0.99)


def latency(path, runs):
    ours, theirs, process = [], [], []
    for _ in range(runs):
        ours.append(driver(path, 5000, "session", 1)[1:])
        theirs.append(executor_times())
        process.append(driver(path, 300, "process", 1)[1:])
    p50, p99 = median([run[0] for run in ours]), median([run[1] for run in ours])
    yield "round trip p50, session / ProcessPoolExecutor", p50 / median([run[0] for run in theirs]), 0.7, False
    yield "round trip p99 / p50, session", p99 / p50, 2.0, False
    yield "round trip p99, session / ProcessPoolExecutor", p99 / median([run[1] for run in theirs]), None, False
    yield "round trip of a job in a process of its own, p50 in ms", median([run[0] for run in process]) / 1000, 1.0, False


# ---- values

PAYLOADS = {"1 MiB of bytes": b"x" * (1 << 20), "100,000 ints": list(range(100000)),
            "10,000 small dicts": [{"id": i, "name": str(i), "on": True} for i in range(10000)]}


def times_of(work, count=15):
    work()
    times = []
    for _ in range(count):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return median(times)


def echoes(path, runs):
    client = Client(path)
    with concurrent.futures.ProcessPoolExecutor(2) as executor:
        for name, value in PAYLOADS.items():
            ours, theirs = [], []
            for _ in range(runs):
                ours.append(times_of(lambda: client.run("def echo(x): return x", "echo", value)))
                theirs.append(times_of(lambda: executor.submit(echo, value).result()))
            assert client.run("def echo(x): return x", "echo", value) == value
            yield f"echo of {name}: time / ProcessPoolExecutor", median(ours) / median(theirs), 1.0, False


# ---- a dead worker

def replacement(path, count=150):
    """From the kill of a worker at work to the word that another one is ready in its place."""
    watcher, client, times = Client(path), Client(path), []
    watcher.call("subscribe", workers=True)
    for _ in range(count):
        client.send("submit", {"source": "while True: pass", "events": "all"})
        pid = client.event("started")["pid"]
        start = time.monotonic_ns()
        os.kill(pid, signal.SIGKILL)
        dead = False
        while True:
            event = watcher.event("worker")
            state = event.get("state", "starting")  # the first word of an enum is not sent
            dead = dead or (state == "dead" and event["pid"] == pid)
            if dead and state == "ready" and event["pid"] != pid and event["at_ns"] > start:
                break
        times.append((event["at_ns"] - start) / 1e6)
        client.event("outcome")
    yield "death to ready replacement, p50 in ms", percentile(times, 0.5), None, False
    yield "death to ready replacement, p99 in ms", percentile(times, 0.99), 20.0, False


# ---- a journal

def journal(path, runs):
    """How much of its rate a pool keeps that has a journal."""
    with tempfile.TemporaryDirectory() as folder, pool(2, "--journal", f"{folder}/journal") as journaled:
        for isolation, count in (("session", 50000), ("fresh", 10000)):
            found = {"plain": [], "journal": []}
            for _ in range(runs):
                found["plain"].append(driver(path, count, isolation, 512)[0])
                found["journal"].append(driver(journaled, count, isolation, 512)[0])
            yield f"jobs a second: {isolation} with a journal / without", median(found["journal"]) / median(found["plain"]), None, True


PARTS = {"rates": rates, "latency": latency, "echo": echoes, "replacement": lambda path, runs: replacement(path),
         "journal": journal}


def main():
    parser = argparse.ArgumentParser(description="Jobs beside python3.11's pools.")
    parser.add_argument("parts", nargs="*", help="of " + ", ".join(PARTS))
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    lines, good = [], True
    for part in options.parts or PARTS:
        with pool(2, "--spares", "2") as path:
            time.sleep(0.3)
            for name, value, wanted, at_least in PARTS[part](path, options.runs):
                fits = wanted is None or (value >= wanted if at_least else value <= wanted)
                good = good and fits
                lines.append({"what": name, "value": round(value, 3), "wanted": wanted, "good": fits})
                if not options.json:
                    told = "" if wanted is None else f"   ({'at least' if at_least else 'at most'} {wanted:g})"
                    print(f"{name:<62} {value:9.3f}{told}{'' if fits else '   MISSED'}", flush=True)
    if options.json:
        print(json.dumps(lines))
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
