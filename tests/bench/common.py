"""What the benchmarks share: where things are, pools, and numbers."""
import contextlib
import math
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BUILD = Path(os.environ.get("ATOLL_BUILD", ROOT / "build"))
ATOLL = BUILD / "bin" / "atoll"
PYTHON = "/usr/bin/python3.11"


def geometric_mean(values):
    values = list(values)
    return math.exp(sum(map(math.log, values)) / len(values)) if values else float("nan")


def median(values):
    ordered = sorted(values)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


@contextlib.contextmanager
def pool(workers, *options):
    """A pool of its own; gives the path of its socket."""
    with tempfile.TemporaryDirectory() as folder:
        socket = os.path.join(folder, "atoll.sock")
        log = open(os.path.join(folder, "log"), "w+")
        server = subprocess.Popen([ATOLL, "serve", "-w", str(workers), "-s", socket, *options], stdout=log, stderr=log)
        try:
            wait_until_serving(server, socket, log)
            yield socket
        finally:
            server.terminate()
            try:
                server.wait(10)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def wait_until_serving(server, socket, log):
    for _ in range(200):
        if subprocess.run([ATOLL, "status", "-s", socket], capture_output=True).returncode == 0:
            return
        if server.poll() is not None:
            break
        time.sleep(0.05)
    log.seek(0)
    sys.exit(f"the pool did not start: {log.read()}")
