#!/usr/bin/python3.11
"""The heap's blocks beside malloc and mimalloc (libmimalloc2.0, where it is installed): nanoseconds an operation, and ratios.

    tests/bench/alloc.py

The block path is what arenas, pools and blocks are for: sizes up to 512 bytes. There the goal is mimalloc's time. Larger sizes,
and objects, which are tracked and counted too, are shown without a goal.
"""
import subprocess
import sys

from common import BUILD

BLOCK_MOST = 512


def main():
    missed = 0
    with subprocess.Popen([str(BUILD / "tests" / "bench_alloc")], stdout=subprocess.PIPE, text=True) as bench:
        for line in bench.stdout:
            fields = line.split()
            beside = len(fields) == 7 and fields[1].isdigit()  # name, bytes, heap, malloc, ratio, mimalloc, ratio
            has_goal = beside and int(fields[1]) <= BLOCK_MOST and fields[0] != "object"
            over = has_goal and float(fields[6]) > 1
            missed += over
            print(line.rstrip() + ("  goal 1" if has_goal else "") + ("  missed" if over else ""), flush=True)
    return 1 if missed or bench.returncode else 0


if __name__ == "__main__":
    sys.exit(main())
