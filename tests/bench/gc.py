#!/usr/bin/python3.11
"""Memory and its collector beside python3.11: ratios of times and of bytes, below 1 Atoll's are less.

    tests/bench/gc.py [--runs N] [--only TEXT...]

The programs of tests/bench/gc run by turns under both, N times; of each figure the least counts. Goals: a collection over live
containers 0.35 of python3.11's time, of garbage 0.4, making and releasing 0.6; bytes of an object 0.8. Pauses with a million
live containers have goals in milliseconds: 1 for all but one in a hundred, 5 for the longest.
"""
import argparse
import subprocess
import sys
from pathlib import Path

from common import BUILD, PYTHON, geometric_mean

PROGRAMS = Path(__file__).resolve().parent / "gc"
ATOLL = [str(BUILD / "bin" / "atoll-worker"), "--python"]
SIZES = ["instance", "slots", "list_node", "tuple", "dict"]
PAUSES = {"p50": 1, "p99": 1, "max": 5}
# (heading, goal, script, arguments)
TABLES = [("collection", {"live": 0.35, "garbage": 0.4}, "collection.py", [[]]),
          ("churn", {"singly": 0.6, "together": 0.6}, "churn.py", [[]]),
          ("pauses", {}, "pauses.py", [[]]),
          ("bytes", {name: 0.8 for name in SIZES}, "size.py", [[name] for name in SIZES])]


def figures(command, script, argument_lists):
    """{name: value} as the script prints them."""
    found = {}
    for arguments in argument_lists:
        done = subprocess.run([*command, str(PROGRAMS / script), *arguments], capture_output=True, text=True)
        if done.returncode:
            sys.exit(f"{' '.join(command)} {script}: {done.stderr.strip()}")
        for line in done.stdout.splitlines():
            name, value = line.rsplit(" ", 1)
            found[name] = float(value)
    return found


def least(tables):
    return {name: min(table[name] for table in tables) for name in tables[0]}


def show(heading, goals, theirs, ours):
    missed = 0
    ratios = {}
    for name, value in ours.items():
        ratios[name] = value / theirs[name]
        goal = goals[name.split()[0]]
        missed += ratios[name] > goal
        unit = "{:9.1f} {:9.1f} bytes" if heading == "bytes" else "{:9.4f} {:9.4f} s    "
        print(f"{heading:<11} {name:<20} {unit.format(value, theirs[name])} {ratios[name]:6.2f}  goal {goal}"
              f"{'  missed' if ratios[name] > goal else ''}", flush=True)
    print(f"{heading:<11} geometric mean {geometric_mean(ratios.values()):.3f}\n")
    return missed


def show_pauses(theirs, ours):
    missed = 0
    for name, value in ours.items():
        goal = PAUSES[name]
        missed += value > goal
        print(f"pauses      {name:<20} {value:9.3f} {theirs[name]:9.3f} ms            goal {goal} ms"
              f"{'  missed' if value > goal else ''}", flush=True)
    print()
    return missed


def main():
    parser = argparse.ArgumentParser(description="Memory and its collector beside python3.11.")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--only", nargs="*", default=[])
    options = parser.parse_args()
    missed = 0
    for heading, goals, script, argument_lists in TABLES:
        if options.only and not any(want in heading for want in options.only):
            continue
        theirs, ours = [], []
        for _ in range(options.runs):
            theirs.append(figures([PYTHON, "-I", "-S"], script, argument_lists))
            ours.append(figures(ATOLL, script, argument_lists))
        if heading == "pauses":
            missed += show_pauses(least(theirs), least(ours))
        else:
            missed += show(heading, goals, least(theirs), least(ours))
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
