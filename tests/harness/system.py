#!/usr/bin/python3.11
"""Run the system tests, tests/system/test_*.py, against the real binaries.

    tests/harness/system.py [--build TREE] [--slow FACTOR] [PATTERN...]
"""
import argparse
import os
import sys
import unittest
from pathlib import Path

import build_tree

FOLDER = Path(__file__).resolve().parents[1] / "system"


def chosen(suite, patterns):
    for test in suite:
        if isinstance(test, unittest.TestSuite):
            yield from chosen(test, patterns)
        elif not patterns or any(pattern in test.id() for pattern in patterns):
            yield test


def main():
    parser = argparse.ArgumentParser(description="Run the system tests.")
    parser.add_argument("only", nargs="*", help="tests whose name contains one of these")
    parser.add_argument("--build", default="build", help="the build tree to test (default build)")
    parser.add_argument("--slow", default="1", help="factor on time limits (checked builds)")
    options = parser.parse_args()
    os.environ["ATOLL_BUILD"], os.environ["ATOLL_SLOW"] = options.build, options.slow
    if build_tree.prepare(options.build):
        os.environ["ATOLL_SANITIZED"] = "1"
    sys.path.insert(0, str(FOLDER))
    tests = unittest.TestSuite(chosen(unittest.defaultTestLoader.discover(str(FOLDER)), options.only))
    result = unittest.TextTestRunner(stream=sys.stdout, verbosity=2).run(tests)
    bad = len(result.failures) + len(result.errors) + len(result.unexpectedSuccesses)
    print(f"{result.testsRun - bad} passed, {bad} failed")
    return 1 if bad or not result.testsRun else 0


if __name__ == "__main__":
    sys.exit(main())
