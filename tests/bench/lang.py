#!/usr/bin/python3.11
"""The speed of the language: CPU time of Atoll over that of python3.11, program by program.

    tests/bench/lang.py [--runs N] [--only NAME...] [--json] [--median]

Each program runs in turn under both, N times; outputs must be equal. The ratio is of the least CPU times (user and system, of the whole
process tree): below 1 Atoll is faster.
"""
import argparse
import ctypes
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE / "lang")]
from common import ATOLL, PYTHON, geometric_mean, median
from programs import PROGRAMS, RUNS


def benchmarks():
    """(name, arguments with the script first, standard input)."""
    for script in sorted((HERE / "lang").glob("*.py")):
        if script.name != "programs.py":
            yield script.stem, [str(script)], ""
    for name, args, stdin in RUNS:
        yield name, [str(PROGRAMS / f"{name}.py"), *args], stdin


def become_subreaper():
    """Makes orphaned grandchildren ours to wait for, so that their CPU time is counted whoever starts them."""
    PR_SET_CHILD_SUBREAPER = 36
    if ctypes.CDLL(None, use_errno=True).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0):
        sys.exit("cannot become a subreaper")


def wait_for_all(child):
    """(CPU seconds of the child and of all that it left behind, its exit status)."""
    cpu, status = 0.0, 0
    while True:
        try:
            pid, ended, usage = os.wait4(-1, 0)
        except ChildProcessError:
            return cpu, status
        cpu += usage.ru_utime + usage.ru_stime
        if pid == child.pid:
            status = child.returncode = os.waitstatus_to_exitcode(ended)


def run(argv, stdin):
    """(CPU seconds, standard output, exit status, standard error)."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as feed, tempfile.TemporaryFile() as err:
        feed.write(stdin.encode())
        feed.seek(0)
        child = subprocess.Popen(argv, stdin=feed, stdout=out, stderr=err)
        cpu, status = wait_for_all(child)
        out.seek(0)
        err.seek(0)
        return cpu, out.read(), status, err.read()


def measure(args, stdin, runs, python, atoll):
    """({'python': [...], 'atoll': [...]}, complaint or None)."""
    times = {"python": [], "atoll": []}
    for _ in range(runs):
        cpu, wanted, status, _ = run([*python, *args], stdin)
        times["python"].append(cpu)
        ours, got, our_status, complaint = run([*atoll, *args], stdin)
        times["atoll"].append(ours)
        if (got, our_status) != (wanted, status):
            last = complaint.decode(errors="replace").strip().splitlines()[-1:] or [f"status {our_status}"]
            return times, last[0] if our_status != status else "different output"
    return times, None


def main():
    parser = argparse.ArgumentParser(description="CPU time beside python3.11, program by program.")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--median", action="store_true", help="of the runs, instead of the least")
    parser.add_argument("--atoll", default=f"{ATOLL} run", help="the command put before the script")
    options = parser.parse_args()
    become_subreaper()
    best = median if options.median else min
    results, failures = {}, {}
    for name, args, stdin in benchmarks():
        if options.only and not any(want in name for want in options.only):
            continue
        times, complaint = measure(args, stdin, options.runs, [PYTHON, "-I", "-S"], options.atoll.split())
        if complaint:
            failures[name] = complaint
            line = f"failed: {complaint}"
        else:
            results[name] = best(times["atoll"]) / best(times["python"])
            line = f"{results[name]:6.2f}   ({best(times['python']):.2f} s under python3.11)"
        if not options.json:
            print(f"{name:<24} {line}", flush=True)
    summary = {"geometric_mean": geometric_mean(results.values()), "worst": max(results.values(), default=float("nan")),
               "worst_name": max(results, key=results.get, default=None), "programs": len(results), "failed": len(failures)}
    if options.json:
        print(json.dumps({"ratios": results, "failures": failures, **summary}))
    else:
        print(f"\n{summary['programs']} programs: geometric mean {summary['geometric_mean']:.3f}, "
              f"worst {summary['worst']:.2f} ({summary['worst_name']}); {summary['failed']} failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
