#!/usr/bin/python3.11
"""Starting up: fork to ready, `atoll run` of an empty program, and the memory of an idle worker.

    tests/bench/start.py [--runs N] [--json]

Compared with `python3.11 -I -S` in interleaved runs; times are given as ratios, except fork to ready, which has its own limit.
"""
import argparse
import json
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, __file__.rsplit("/", 1)[0])
from common import ATOLL, PYTHON, median, pool


def wall(argv):
    start = time.perf_counter()
    subprocess.run(argv, check=True, stdin=subprocess.DEVNULL)
    return time.perf_counter() - start


def empty_program(runs):
    """(Atoll's median, python3.11's median) wall seconds."""
    with tempfile.NamedTemporaryFile(suffix=".py") as program:
        ours, theirs = [ATOLL, "run", program.name], [PYTHON, "-I", "-S", program.name]
        wall(ours), wall(theirs)
        times = [(wall(ours), wall(theirs)) for _ in range(runs)]
    return median(t[0] for t in times), median(t[1] for t in times)


def status(socket):
    return json.loads(subprocess.run([ATOLL, "status", "-s", socket, "--json"], capture_output=True, check=True).stdout)


def pss_kib(pid):
    with open(f"/proc/{pid}/smaps_rollup") as rollup:
        return next(int(line.split()[1]) for line in rollup if line.startswith("Pss:"))


def pool_figures():
    """(fork to ready in microseconds, PSS in KiB) per worker of a fresh pool of four."""
    with pool(4) as socket:
        workers = status(socket)["workers"]
        return [w["boot_us"] for w in workers], [pss_kib(w["pid"]) for w in workers]


def main():
    parser = argparse.ArgumentParser(description="Start-up time and memory beside python3.11.")
    parser.add_argument("--runs", type=int, default=40)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    ours, theirs = empty_program(options.runs)
    boots, pss = [], []
    for _ in range(max(1, options.runs // 10)):
        more_boots, more_pss = pool_figures()
        boots += more_boots
        pss += more_pss
    figures = {"empty_program_ratio": ours / theirs, "fork_to_ready_ms": median(boots) / 1000, "idle_pss_mb": median(pss) / 1024}
    limits = {"empty_program_ratio": 0.7, "fork_to_ready_ms": 3.0, "idle_pss_mb": 4.0}
    if options.json:
        print(json.dumps(figures))
    else:
        for name, value in figures.items():
            print(f"{name:<22} {value:8.3f}   (at most {limits[name]:g})")
    return 0 if all(figures[name] <= limits[name] for name in figures) else 1


if __name__ == "__main__":
    sys.exit(main())
