"""What the system tests share: the command line, pools, and a small MessagePack-RPC client."""
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import unittest
from pathlib import Path

import msgpack

ROOT = Path(__file__).resolve().parents[2]
BUILD = ROOT / os.environ.get("ATOLL_BUILD", "build")
ATOLL = str(BUILD / "bin" / "atoll")
SLOW = float(os.environ.get("ATOLL_SLOW", "1"))
SANITIZED = "ATOLL_SANITIZED" in os.environ
REPORT = re.compile(r"(ERROR|WARNING): \w+Sanitizer|: runtime error: ")


def refuse_report(text):
    """Output in which a sanitizer has reported fails the test."""
    if REPORT.search(text):
        raise AssertionError(text[-20000:])


def atoll(*args, stdin=b"", timeout=30, **kwargs):
    """Runs `atoll ARGS...`; the result has returncode, stdout and stderr as text."""
    stdin = stdin.encode() if isinstance(stdin, str) else stdin
    done = subprocess.run([ATOLL, *map(str, args)], input=stdin, capture_output=True, timeout=timeout * SLOW, cwd=ROOT, **kwargs)
    done.stdout, done.stderr = done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace")
    refuse_report(done.stderr)
    return done


def run_code(code, *options, **kwargs):
    return atoll("run", *options, "-c", code, **kwargs)


def wait_for(condition, seconds=10, what="the condition"):
    """The first true value of condition(), or an error after so long."""
    end = time.monotonic() + seconds * SLOW
    while time.monotonic() < end:
        if value := condition():
            return value
        time.sleep(0.01)
    raise AssertionError(f"waited {seconds} s in vain for {what}")


def attackable_worker(folder):
    """A worker with the module _attack, as `atoll check --attack` starts it, for --worker-path: a script, looked up and run as
    nobody, who may not be allowed to enter the build tree; so the program stands beside it."""
    os.chmod(folder, 0o755)
    program, script = shutil.copy(BUILD / "bin" / "atoll-worker", folder), Path(folder, "attackable-worker")
    script.write_text(f'#!/bin/sh\nexec "{program}" --attack "$@"\n')
    script.chmod(0o755)
    return str(script)


class Pool:
    """A server with its own socket, for a `with` statement."""

    def __init__(self, workers=2, *options, inherited=(), uid=None):
        """uid: of the user whose pool it is, in place of root."""
        self.workers, self.options, self.inherited, self.uid = workers, options, inherited, uid

    def __enter__(self):
        self.folder = tempfile.mkdtemp()
        self.socket = os.path.join(self.folder, "atoll.sock")
        self.log_path = os.path.join(self.folder, "log")
        with open(self.log_path, "wb") as log:
            argv = [*self.program(), "serve", "-w", str(self.workers), "-s", self.socket, *self.options]
            self.process = subprocess.Popen(argv, stdout=log, stderr=log, stdin=subprocess.DEVNULL, pass_fds=self.inherited)
        try:
            wait_for(lambda: self.process.poll() is not None or self.ready(), 10, "the pool")
            if self.process.poll() is not None:
                raise AssertionError("the pool did not start: " + self.log())
        except BaseException:
            self.__exit__()
            raise
        return self

    def program(self):
        """The words that start it. Another user may not be allowed into the build tree."""
        if self.uid is None:
            return [ATOLL]
        os.chown(self.folder, self.uid, self.uid)
        for name in ("atoll", "atoll-worker"):
            shutil.copy(BUILD / "bin" / name, self.folder)
        return ["setpriv", f"--reuid={self.uid}", f"--regid={self.uid}", "--clear-groups", os.path.join(self.folder, "atoll")]

    def ready(self):
        if not os.path.exists(self.socket):
            return False
        return atoll("status", "-s", self.socket).returncode == 0

    def __exit__(self, *error):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGQUIT)
            try:
                self.process.wait(5 * SLOW)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        log = self.log()
        shutil.rmtree(self.folder, ignore_errors=True)
        refuse_report(log)

    def log(self):
        return Path(self.log_path).read_text(errors="replace")

    def atoll(self, verb, *args, **kwargs):
        return atoll(verb, "-s", self.socket, *args, **kwargs)

    def status(self):
        done = self.atoll("status", "--json")
        if done.returncode:
            raise AssertionError(f"status: {done.returncode}\n{done.stderr}\n{self.log()}")
        return json.loads(done.stdout)

    def pids(self):
        return [worker["pid"] for worker in self.status()["workers"] if worker.get("pid")]

    def client(self):
        return Client(self.socket)


class RpcError(Exception):
    def __init__(self, error):
        super().__init__(f"{error.get('name')}: {error.get('message')}")
        self.name = error.get("name")


class Client:
    """A blocking client; everything it knows stands in ipc/include/ipc/messages.def."""

    def __init__(self, path, hello=True):
        self.connection = socket.socket(socket.AF_UNIX)
        self.connection.settimeout(30 * SLOW)
        self.connection.connect(path)
        self.unpacker = msgpack.Unpacker(raw=False, unicode_errors="surrogatepass", strict_map_key=False, max_buffer_size=1 << 28)
        self.number = 0
        self.kept = []
        if hello:
            self.server = self.call("hello", protocol=1, name="test", version="0")

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.connection.close()

    def send(self, message):
        self.connection.sendall(msgpack.packb(message))

    def receive(self):
        """The next message, a notification's params without their array; EOFError when the server has closed."""
        while True:
            for message in self.unpacker:
                return [2, message[1], *message[2]] if message[0] == 2 else message
            data = self.connection.recv(1 << 16)
            if not data:
                raise EOFError
            self.unpacker.feed(data)

    def call(self, method, **params):
        self.number += 1
        self.send([0, self.number, method, [params]])
        while True:
            message = self.receive()
            if message[0] == 1 and message[1] == self.number:
                if message[2] is not None:
                    raise RpcError(message[2])
                return message[3]
            self.kept.append(message)

    def event(self):
        """The next (name, record) of a notification."""
        message = self.kept.pop(0) if self.kept else self.receive()
        return message[1], message[2]

    def submit(self, **params):
        return self.call("submit", **params)["job"]

    def outcome(self, job):
        """(outcome, all events of the job before it)."""
        events = []
        while True:
            name, record = self.event()
            if record.get("job") != job:
                continue
            if name == "outcome":
                return record, events
            events.append((name, record))

    def run(self, **params):
        outcome, events = self.outcome(self.submit(**params))
        output = {"stdout": [], "stderr": []}
        for name, record in events:
            if name == "output":
                output[record.get("stream", "stdout")].append(record["data"])
        return outcome, b"".join(output["stdout"]).decode(), b"".join(output["stderr"]).decode()


class SystemTest(unittest.TestCase):
    maxDiff = None

    def assertRan(self, done, stdout, code=0):
        self.assertEqual((done.stdout, done.returncode), (stdout, code), done.stderr)
