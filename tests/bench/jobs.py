#!/usr/bin/python3.11
"""Jobs per second: a function that returns x + 1, two processes, Atoll beside python3.11's own pools.

    tests/bench/jobs.py [--runs N] [--json | --journal]

Prints ratios of jobs per second, Atoll's over python3.11's, each the median over interleaved runs.
"""
import argparse
import concurrent.futures
import json
import multiprocessing
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, __file__.rsplit("/", 1)[0])
from common import BUILD, median, pool

DRIVER = BUILD / "tests" / "bench_jobs"


def f(x):
    return x + 1


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


def pool_one_task(count=300):
    with multiprocessing.Pool(2, maxtasksperchild=1) as workers:
        def work():
            assert sum(workers.imap_unordered(f, range(count), chunksize=1)) == count * (count + 1) // 2
        return per_second(count, work)


def atoll(socket, count, isolation, in_flight=512):
    done = subprocess.run([DRIVER, socket, str(count), str(in_flight), isolation], capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stderr)
    return float(done.stdout)


# (what Atoll does, what it is compared with, the ratio that is wanted)
PAIRS = [("session", "ProcessPoolExecutor.submit", 5.0), ("session", "Pool.imap_unordered(chunksize=1)", 1.0),
         ("fresh", "Pool(maxtasksperchild=1)", 10.0)]


def with_journal(runs):
    """How much of its rate a pool keeps that has a journal."""
    rates = {}
    with tempfile.TemporaryDirectory() as folder, pool(2) as plain, pool(2, "--journal", f"{folder}/journal") as journaled:
        for _ in range(runs):
            for isolation, count in (("session", 50000), ("fresh", 20000)):
                for name, socket in (("plain", plain), ("journal", journaled)):
                    rates.setdefault((isolation, name), []).append(atoll(socket, count, isolation))
    for isolation in ("session", "fresh"):
        ratio = median(rates[isolation, "journal"]) / median(rates[isolation, "plain"])
        print(f"atoll {isolation} with a journal / without {ratio:8.2f}")


def main():
    parser = argparse.ArgumentParser(description="Jobs per second beside python3.11's pools.")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--journal", action="store_true", help="what a journal costs, and nothing else")
    options = parser.parse_args()
    if options.journal:
        return with_journal(options.runs)
    rates = {}
    with pool(2) as socket:
        contestants = {
            "session": lambda: atoll(socket, 200000, "session"), "fresh": lambda: atoll(socket, 20000, "fresh"),
            "ProcessPoolExecutor.submit": executor_submit, "Pool.imap_unordered(chunksize=1)": pool_imap,
            "Pool(maxtasksperchild=1)": pool_one_task}
        for _ in range(options.runs):
            for name, measure in contestants.items():
                rates.setdefault(name, []).append(measure())
    ratios = [(ours, theirs, median(rates[ours]) / median(rates[theirs]), wanted) for ours, theirs, wanted in PAIRS]
    if options.json:
        print(json.dumps({"rates": rates, "ratios": [r[:3] for r in ratios]}))
    else:
        for ours, theirs, ratio, wanted in ratios:
            print(f"atoll {ours:<8} / {theirs:<34} {ratio:8.2f}   (at least {wanted:g})")
    return 0 if all(ratio >= wanted for _, _, ratio, wanted in ratios) else 1


if __name__ == "__main__":
    sys.exit(main())
