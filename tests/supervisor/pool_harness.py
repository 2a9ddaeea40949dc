"""Drives the real `atoll` with the worker that has no Python (fake_worker.c)."""
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import unittest

import msgpack

ATOLL = os.path.abspath(sys.argv[1])
WORKER = os.path.abspath(sys.argv[2])
ENV = {"PATH": os.environ["PATH"], "ATOLL_WORKER_PATH": WORKER, "ASAN_OPTIONS": os.environ.get("ASAN_OPTIONS", "")}
FOLDER = tempfile.mkdtemp(prefix="atoll-test-")
SLOW = float(os.environ.get("ATOLL_TEST_SLOW", "1"))  # factor on limits of time: sanitized builds


def atoll(*words, stdin="", env=None, timeout=30, cwd=FOLDER):
    """Runs a command to its end."""
    return subprocess.run([ATOLL, *words], input=stdin, capture_output=True, text=True, timeout=timeout,
                          env={**ENV, **(env or {})}, cwd=cwd)


def wait_until(condition, seconds=5.0):
    end = time.monotonic() + seconds * SLOW
    while time.monotonic() < end:
        value = condition()
        if value:
            return value
        time.sleep(0.005)
    raise AssertionError("waited in vain")


def alive(pid):
    try:
        with open(f"/proc/{pid}/stat") as stat:
            return stat.read().rsplit(")", 1)[1].split()[0] not in "ZX"
    except FileNotFoundError:
        return False


class Server:
    """`atoll serve`, ready."""
    count = 0

    def __init__(self, *options, workers=2, env=None, path=None, program=ATOLL, **more):
        Server.count += 1
        self.path = path or os.path.join(FOLDER, f"pool-{Server.count}.sock")
        self.log = os.path.join(FOLDER, f"pool-{Server.count}.log")
        self.process = subprocess.Popen(
            [program, "serve", "-w", str(workers), "-s", self.path, "--log", self.log, *options],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**ENV, **(env or {})}, **more)
        self.ready = self.process.stdout.readline()
        if not self.ready:
            errors = self.process.communicate()[1]
            raise AssertionError("no server: " + errors)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        code = self.stop()
        errors = self.process.stderr.read()
        self.process.stdout.close()
        self.process.stderr.close()
        log = self.read_log()
        if code != 0 or "Sanitizer" in errors or "internal-error" in log:
            raise AssertionError(f"server ended with {code}\n{errors}\n{log[-3000:]}")

    def kill(self):
        """As nobody would wish; for the next server on the same journal."""
        self.process.kill()
        self.process.wait(10 * SLOW)
        self.process.stdout.close()
        self.process.stderr.close()

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        return self.process.wait(10 * SLOW)

    def read_log(self):
        try:
            with open(self.log) as log:
                return log.read()
        except FileNotFoundError:
            return ""

    def atoll(self, verb, *words, **more):
        return atoll(verb, "-s", self.path, *words, **more)

    def status(self):
        done = self.atoll("status", "--json")
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def pids(self, *states):
        return [worker["pid"] for worker in self.status()["workers"] if not states or worker["state"] in states]

    def client(self, **more):
        return Client(self.path, **more)

    def memory(self):
        with open(f"/proc/{self.process.pid}/statm") as statm:
            return int(statm.read().split()[1]) * 4096

    def descriptors(self):
        return len(os.listdir(f"/proc/{self.process.pid}/fd"))


class Client:
    """MessagePack-RPC by hand."""

    def __init__(self, path, hello=True):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.connect(path)
        self.unpacker = msgpack.Unpacker(raw=False, strict_map_key=False, unicode_errors="replace")
        self.next_id = 0
        self.events = []
        if hello:
            self.call("hello", {"protocol": 1, "name": "test", "version": "0"})

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        self.socket.close()

    def send(self, message):
        self.socket.sendall(msgpack.packb(message))

    def receive(self, timeout=10.0):
        """The next message, a notification's params without their array; None at the end of the stream."""
        self.socket.settimeout(timeout * SLOW)
        while True:
            for message in self.unpacker:
                return [2, message[1], *message[2]] if message[0] == 2 else message
            try:
                data = self.socket.recv(1 << 16)
            except ConnectionResetError:
                data = b""
            if not data:
                return None
            self.unpacker.feed(data)

    def request(self, method, params=None):
        self.next_id += 1
        self.send([0, self.next_id, method, [params or {}]])
        return self.next_id

    def answer(self, wanted, timeout=10.0):
        while True:
            message = self.receive(timeout)
            if message is None:
                raise ConnectionError("closed")
            if message[0] == 1 and message[1] == wanted:
                if message[2] is not None:
                    raise Refused(message[2])
                return message[3]
            self.events.append(message)

    def call(self, method, params=None, timeout=10.0):
        return self.answer(self.request(method, params), timeout)

    def submit(self, source=None, **fields):
        if source is not None:
            fields["source"] = source
        fields.setdefault("events", "outcome")
        return self.call("submit", fields)["job"]

    def event(self, timeout=10.0):
        if self.events:
            return self.events.pop(0)
        message = self.receive(timeout)
        if message is None:
            raise ConnectionError("closed")
        return message

    def outcome(self, job=None, timeout=10.0):
        """The next outcome, or that of one job; other events are dropped, other outcomes kept."""
        kept = []
        try:
            while True:
                message = self.event(timeout)
                if message[0] == 2 and message[1] == "outcome":
                    if job is None or message[2]["job"] == job:
                        return message[2]
                    kept.append(message)
        finally:
            self.events[:0] = kept

    def outcomes(self, count, timeout=10.0):
        return [self.outcome(timeout=timeout) for _ in range(count)]


class Refused(Exception):
    @property
    def name(self):
        return self.args[0]["name"]


def main():
    sys.argv[1:3] = []
    unittest.main(verbosity=2 if "-v" in sys.argv else 1)
