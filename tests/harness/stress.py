#!/usr/bin/python3.11
"""Threads under stress, for a tree built with ThreadSanitizer (`cmake --preset tsan`); any other will do, and finds less.

    tests/harness/stress.py [--build TREE] [--seconds N] [--threads N]

Runs tests/stress/cyclic_garbage.py in one worker for so long, and tests/stress/left_running.py again and again, in new worlds and in
sessions, cancelled and not, while the pool's collections and GIL holds are traced. A report of the sanitizer, a job that hangs or one
that ends in another way than it should is a failure.
"""
import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import build_tree

PROGRAMS = Path(__file__).resolve().parents[1] / "stress"
STILL_RUNNING = "still running when the job ended"


def cyclic_garbage(support, options):
    program = [PROGRAMS / "cyclic_garbage.py", str(options.seconds), str(options.threads)]
    done = support.atoll("run", *program, timeout=options.seconds * 3 + 60)
    if done.returncode:
        raise AssertionError(f"status {done.returncode}\n{done.stderr[-2000:]}")
    print("  ", done.stderr.strip().splitlines()[-1])


def left_running(support, options):
    source = (PROGRAMS / "left_running.py").read_text()
    end, jobs = time.monotonic() + options.seconds, 0
    with tempfile.TemporaryDirectory() as folder, support.Pool(2) as pool, pool.client() as client:
        trace = os.path.join(folder, "trace.json")
        watch = subprocess.Popen([support.ATOLL, "gc", "-s", pool.socket, "watch", "--trace", trace], stderr=subprocess.PIPE, text=True)
        while time.monotonic() < end:
            session = {"isolation": "session", "session": "kept"} if jobs % 3 == 2 else {}
            outcome, output, errors = client.run(source=source, want_output=True, filename="left_running.py", **session)
            if outcome["verdict"] != "ok" or STILL_RUNNING not in outcome.get("detail", "") or "left\n" not in output:
                raise AssertionError(f"job {jobs}: {outcome}\n{errors[-2000:]}")
            job = client.submit(source=source.replace("print(\"left\")", "lock.acquire()"), want_output=True, **session)
            time.sleep(0.1)
            client.call("cancel", job=job)
            outcome, _ = client.outcome(job)
            if outcome["verdict"] != "cancelled":
                raise AssertionError(f"job {jobs}, to be cancelled: {outcome}")
            jobs += 2
        watch.terminate()
        _, said = watch.communicate(timeout=60)
        if watch.returncode:
            raise AssertionError(f"atoll gc: {watch.returncode}\n{said[-2000:]}")
        with open(trace) as file:
            holds = sum(event.get("tid") == 2 and event["ph"] == "X" for event in json.load(file)["traceEvents"])
    print(f"   {jobs} jobs, {holds} GIL holds")
    if not holds:
        raise AssertionError("the trace shows nobody with the GIL")


def main():
    parser = argparse.ArgumentParser(description="Threads under stress.")
    parser.add_argument("--build", default="build-tsan", help="the build tree to test (default build-tsan)")
    parser.add_argument("--seconds", type=float, default=60, help="for each of the programs (default 60)")
    parser.add_argument("--threads", type=int, default=200, help="of cyclic_garbage.py (default 200)")
    options = parser.parse_args()
    os.environ["ATOLL_BUILD"], os.environ["ATOLL_SLOW"] = options.build, "10"
    build_tree.prepare(options.build)
    sys.path.insert(0, str(PROGRAMS.parent / "system"))
    import support

    failed = 0
    tests = (cyclic_garbage, left_running)
    for test in tests:
        print(test.__name__, flush=True)
        try:
            test(support, options)
        except (AssertionError, OSError, subprocess.SubprocessError, EOFError) as error:
            failed += 1
            print(f"FAILED {test.__name__}: {error}")
    print(f"{len(tests) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
