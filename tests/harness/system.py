#!/usr/bin/python3.11
"""Run the system tests, tests/system/test_*.py, against the real binaries.

    tests/harness/system.py [--build TREE] [--slow FACTOR] [--jobs N] [PATTERN...]

With --jobs the test classes are shared out between N processes; a class that measures times or processors, and says so by
`alone = True`, waits until it has the machine to itself.
"""
import argparse
import concurrent.futures
import os
import re
import subprocess
import sys
import unittest
from pathlib import Path

import build_tree

FOLDER = Path(__file__).resolve().parents[1] / "system"


def every_test(suite):
    for test in suite:
        if isinstance(test, unittest.TestSuite):
            yield from every_test(test)
        else:
            yield test


def chosen(suite, options):
    if options.whole_names:
        return [test for test in every_test(suite) if test.id() in options.only]
    return [test for test in every_test(suite) if not options.only or any(part in test.id() for part in options.only)]


def run_here(tests):
    result = unittest.TextTestRunner(stream=sys.stdout, verbosity=2).run(unittest.TestSuite(tests))
    return result.testsRun, len(result.failures) + len(result.errors) + len(result.unexpectedSuccesses)


def run_elsewhere(options, ids):
    """One class in a process of its own: its output is shown when it is over."""
    command = [sys.executable, __file__, "--build", options.build, "--slow", options.slow, "--whole-names", *ids]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace")
    sys.stdout.write(done.stdout)
    sys.stdout.flush()
    count = re.search(r"^(\d+) passed, (\d+) failed\n\Z", done.stdout, re.M)
    if not count:
        print(f"{ids[0]} and others: ended with status {done.returncode} and without a count")
        return len(ids), len(ids)
    passed, failed = map(int, count.groups())
    return passed + failed, failed


def run_shared(options, tests):
    classes = {}
    for test in tests:
        classes.setdefault(type(test), []).append(test.id())
    together = [ids for kind, ids in classes.items() if not getattr(kind, "alone", False)]
    alone = [ids for kind, ids in classes.items() if getattr(kind, "alone", False)]
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        counts = list(pool.map(lambda ids: run_elsewhere(options, ids), sorted(together, key=len, reverse=True)))
    counts += [run_elsewhere(options, ids) for ids in alone]
    return sum(run for run, _ in counts), sum(bad for _, bad in counts)


def main():
    parser = argparse.ArgumentParser(description="Run the system tests.")
    parser.add_argument("only", nargs="*", help="tests whose name contains one of these")
    parser.add_argument("--build", default="build", help="the build tree to test (default build)")
    parser.add_argument("--slow", default="1", help="factor on time limits (checked builds)")
    parser.add_argument("--jobs", "-j", type=int, default=1, help="so many at a time")
    parser.add_argument("--whole-names", action="store_true", help="tests whose name is one of these")
    options = parser.parse_args()
    os.environ["ATOLL_BUILD"], os.environ["ATOLL_SLOW"] = options.build, options.slow
    if build_tree.prepare(options.build):
        os.environ["ATOLL_SANITIZED"] = "1"
    sys.path.insert(0, str(FOLDER))
    tests = chosen(unittest.defaultTestLoader.discover(str(FOLDER)), options)
    run, bad = run_shared(options, tests) if options.jobs > 1 else run_here(tests)
    print(f"{run - bad} passed, {bad} failed")
    return 1 if bad or not run else 0


if __name__ == "__main__":
    sys.exit(main())
