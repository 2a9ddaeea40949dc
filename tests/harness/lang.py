#!/usr/bin/python3.11
"""Run the language corpus under python3.11 and under Atoll, and compare.

A script is any tests/lang/AREA/NAME.py; folders inside an area hold modules that scripts import. Both
interpreters get the same arguments, standard input and working directory (the repository's root); stdout and
exit status must be equal. Comment lines at the top of a script ask for more:

    # compare: stderr          stderr must be equal too
    # args: one two            sys.argv[1:]
    # flags: --memory 64M      options for `atoll run` alone
    # timeout: 60              seconds, instead of the default
    # exits: not 0             the script means to end so (only --audit asks)
    # collections: its own     the script watches when collections happen: with --collect it must end as always, but may print other things
    # served: only ...         what it shows is seen under `atoll run` alone, for the reason given: the harder modes leave it out

A file NAME.in beside the script is its standard input. A script tests/diff/NAME.py is a known difference from
CPython: its first lines say why, and NAME.out (and NAME.status, if not 0) is what Atoll is to print.

Harder modes run `atoll-worker --python` with its test knobs (worker/rpc/test_knobs.h): --collect collects at every
allocation, --growth runs each script several times in one world and wants no more objects after each, --fail-sweep refuses
the n-th allocation for many n: the script must end with MemoryError, print what it always prints, or have met the MemoryError in
a handler of its own; never crash, hang, or lose memory by it.
"""
import argparse
import collections
import concurrent.futures
import difflib
import hashlib
import json
import os
import random
import re
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

import build_tree

ROOT = Path(__file__).resolve().parents[2]
PYTHON = "/usr/bin/python3.11"
ENV = {"PATH": "/usr/bin:/bin", "PYTHONHASHSEED": "0"}
CACHE_VERSION = "2"
SANITIZER = re.compile(build_tree.REPORT.pattern.encode())
TABLE_START = "<!-- tests/lang table -->"
TABLE_END = "<!-- end of tests/lang table -->"


class Script:
    """One script, its directives and its input."""

    def __init__(self, path, default_timeout):
        self.path = path
        self.name = str(path.relative_to(ROOT))
        self.area = path.parent.name
        self.source = path.read_bytes()
        self.directives = self.read_directives()
        self.args = shlex.split(self.directives.get("args", ""))
        self.flags = shlex.split(self.directives.get("flags", ""))
        self.timeout = float(self.directives.get("timeout", default_timeout))
        self.compare_stderr = "stderr" in self.directives.get("compare", "")
        input_file = path.with_suffix(".in")
        self.stdin = input_file.read_bytes() if input_file.exists() else b""

    def read_directives(self):
        found = {}
        for line in self.source.split(b"\n")[:10]:
            match = re.match(rb"#\s*(compare|args|flags|timeout|exits|collections|served):\s*(.*)$", line)
            if match:
                found[match[1].decode()] = match[2].decode().strip()
        return found

    def digest(self):
        """Names everything that python3.11's output depends on."""
        h = hashlib.sha256()
        for part in (CACHE_VERSION, sys.version, self.name, repr(self.args)):
            h.update(part.encode() + b"\0")
        h.update(self.source + b"\0" + self.stdin)
        for helper in sorted(p for p in self.path.parent.glob("*/**/*.py")):
            h.update(str(helper.name).encode() + helper.read_bytes())
        return h.hexdigest()


def time_run(pid):
    """Seconds that the process's threads have had a processor."""
    return sum(int(task.joinpath("schedstat").read_text().split()[0]) for task in Path(f"/proc/{pid}/task").iterdir()) / 1e9


def is_asleep(pid):
    """Next to nothing is run in a second (a thread that waits looks about it now and then)."""
    try:
        before = time_run(pid)
        time.sleep(1)
        return time_run(pid) - before < 0.01
    except OSError:
        return False


def heed_interrupts():
    """For those whom a shell has started in the background, without Ctrl-C: python3.11 is to have it, as Atoll's programs do."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def execute(argv, stdin, timeout, env=None):
    """Returns {status, out, err}; a timeout has the status 'timeout', and says whether the program slept."""
    try:
        process = subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT, env=env)
    except OSError as e:
        return {"status": "not started", "out": b"", "err": str(e).encode()}
    with process:
        try:
            out, err = process.communicate(stdin, timeout)
            # A process killed by signal n ends as a shell shows it, 128 + n.
            status = process.returncode if process.returncode >= 0 else 128 - process.returncode
            return {"status": status, "out": out, "err": err}
        except subprocess.TimeoutExpired:
            asleep = is_asleep(process.pid)
            process.kill()
            out, err = process.communicate()
            return {"status": "timeout", "asleep": asleep, "out": out, "err": err}


def python_argv(script):
    return [PYTHON, "-s", "-B", script.name, *script.args]


def oracle(script, cache):
    """What python3.11 prints, from the cache when nothing has changed."""
    slot = cache / script.digest()
    if slot.exists():
        kept = json.loads(slot.read_text())
        return {"status": kept["status"], "out": kept["out"].encode("latin-1"), "err": kept["err"].encode("latin-1")}
    result = execute(python_argv(script), script.stdin, script.timeout, ENV)
    kept = {"status": result["status"], "out": result["out"].decode("latin-1"), "err": result["err"].decode("latin-1")}
    if result["status"] not in ("timeout", "not started"):
        scratch = slot.with_suffix(f".{os.getpid()}.{id(script)}")
        scratch.write_text(json.dumps(kept))
        scratch.replace(slot)
    return result


def wanted(script, cache):
    """The outcome the script is to have under Atoll."""
    if script.area != "diff":
        return oracle(script, cache)
    status = script.path.with_suffix(".status")
    return {"status": int(status.read_text()) if status.exists() else 0,
            "out": script.path.with_suffix(".out").read_bytes(), "err": b""}


def text_diff(title, want, got, limit):
    lines = difflib.unified_diff(want.decode(errors="replace").splitlines(), got.decode(errors="replace").splitlines(),
                                 f"{title} wanted", f"{title} got", lineterm="", n=1)
    lines = list(lines)
    cut = [f"... {len(lines) - limit} more lines"] if len(lines) > limit else []
    return [line[:200] for line in lines[:limit]] + cut


def compare(script, want, got, limit):
    """The report lines of a failure; none for a pass."""
    report = []
    if SANITIZER.search(got["err"]):
        report += ["sanitizer: " + line[:200] for line in got["err"].decode(errors="replace").splitlines()[:40]]
    if got["status"] != want["status"]:
        report.append(f"status: wanted {want['status']}, got {got['status']}")
    if got["out"] != want["out"]:
        report += text_diff("stdout", want["out"], got["out"], limit)
    if script.compare_stderr and got["err"] != want["err"]:
        report += text_diff("stderr", want["err"], got["err"], limit)
    elif report and got["err"] != want["err"]:
        report += ["stderr: " + line[:200] for line in got["err"].decode(errors="replace").splitlines()[-4:]]
    return report


def check_one(script, options):
    want = wanted(script, options.cache)
    argv = [*shlex.split(options.atoll), *shlex.split(options.worker_flags), *script.flags, script.name, *script.args]
    got = execute(argv, script.stdin, script.timeout * options.slow)
    return compare(script, want, got, options.diff_lines)


def knobs_argv(script, options):
    return [options.worker, "--python", script.name, *script.args]


def collect_one(script, options):
    want = wanted(script, options.cache)
    got = execute(knobs_argv(script, options), script.stdin, script.timeout * options.slow, {**ENV, "ATOLL_TEST_COLLECT": str(options.collect)})
    if "collections" in script.directives and not crashed(got):
        got = {**got, "out": want["out"]}
    return compare(script, want, got, options.diff_lines)


def growth_one(script, options):
    got = execute(knobs_argv(script, options), script.stdin, script.timeout * options.slow, {**ENV, "ATOLL_TEST_REPEAT": "7"})
    lines = got["err"].decode(errors="replace").splitlines()
    return [f"status {got['status']}", *[line[:200] for line in lines if "growth: " in line or "Sanitizer" in line]] \
        if got["status"] in (99, "timeout") or crashed(got) else []


def crashed(got, usual=0):
    """A sanitizer spoke, or the status is a signal's and not what the script always ends with."""
    signalled = isinstance(got["status"], int) and (got["status"] < 0 or got["status"] >= 128)
    return SANITIZER.search(got["err"]) or signalled and got["status"] != usual


def sweep_points(count, rng):
    """Which allocations are refused: the first ones each, then ever fewer, and as many again at random."""
    points, n = [], 1
    while n <= count:
        points.append(n)
        n += 1 + n // 25
    return points + [rng.randint(1, count) for _ in points] if count else []


class Sweep:
    """One script with refused allocations: what each run came to."""

    def __init__(self, script, options):
        self.script, self.options, self.rng = script, options, random.Random(script.name)
        self.whole = self.refuse(str(1 << 60))
        self.report = []

    def refuse(self, n, **more):
        env = {**ENV, "ATOLL_TEST_FAIL": n, **more}
        return execute(knobs_argv(self.script, self.options), self.script.stdin, self.script.timeout * self.options.slow, env)

    def outcome(self, got):
        """A word for what is right; "" for what is not.

        The program may have met a MemoryError and gone on: then it is its own affair what it prints. And it may wait for ever for a
        thread that ended with one."""
        if (got["status"], got["out"]) == (self.whole["status"], self.whole["out"]):
            return "equal"
        if crashed(got, self.whole["status"]):
            return ""
        shown = b"MemoryError" in got["err"] + got["out"]
        if got["status"] == "timeout":
            thread_ended = b"Exception ignored in thread started by" in got["err"]  # by its last error, which alone is told
            return "waiting" if (shown or thread_ended) and got["asleep"] else ""
        if shown:
            return "MemoryError"
        met = re.search(rb"handlers met: (\d+)\n\Z", got["err"])
        return "handled" if met and int(met[1]) else ""

    def run_at(self, setting):
        got = self.refuse(setting)
        word = self.outcome(got)
        self.options.swept[word or "wrong"] += 1
        if not word:
            lines = got["err"].decode(errors="replace").splitlines()
            sanitizer = [line for line in lines if SANITIZER.search(line.encode()) or re.match(r"\s+#[0-9] ", line)][:8]
            self.report.append(f"ATOLL_TEST_FAIL={setting}: status {got['status']}; " + "; ".join(sanitizer or lines[-1:])[:600])

    def leak_at(self, point):
        """The same refusal in run after run of one world: what grows with each was lost by the error; what does for a while was not."""
        got = self.refuse(str(point), ATOLL_TEST_REPEAT="7")
        if got["status"] == 99:
            got = self.refuse(str(point), ATOLL_TEST_REPEAT="20")
        self.options.swept["repeated"] += 1
        if got["status"] == 99:
            lines = [line for line in got["err"].decode(errors="replace").splitlines() if line.startswith("growth: ")]
            self.report.append(f"ATOLL_TEST_FAIL={point} ATOLL_TEST_REPEAT=20: " + "; ".join(lines)[:600])

    def count(self, got):
        found = re.findall(rb"^allocations: (\d+)$", got["err"], re.M)
        return int(found[-1]) if found else 0

    def run(self):
        count = self.count(self.whole)
        if not count:
            return [f"no count of allocations, status {self.whole['status']}"]
        end = time.monotonic() + self.options.sweep_seconds
        again = self.refuse(str(1 << 60), ATOLL_TEST_REPEAT="7")
        threads = self.script.area == "threads"  # one that is ended with the program keeps what its frames hold
        again_count = 0 if threads or again["status"] in (99, "timeout") else self.count(again)
        points = sweep_points(count, self.rng)
        self.rng.shuffle(points)
        for i, point in enumerate(points):
            if time.monotonic() > end or len(self.report) >= 5:
                break
            self.run_at(f"{point}+" if i % 3 == 2 else str(point))
            if i % 8 == 0 and again_count:
                self.leak_at(self.rng.randint(1, again_count))
        return self.report


def sweep_one(script, options):
    """Refuses the n-th allocation (and for every third n all later ones), as long as there is time."""
    return Sweep(script, options).run()


def audit_one(script, options):
    """The corpus itself: python3.11 must print the same with another hash seed and without stray tracebacks."""
    first = execute(python_argv(script), script.stdin, script.timeout, ENV)
    second = execute(python_argv(script), script.stdin, script.timeout, {**ENV, "PYTHONHASHSEED": "77"})
    report = []
    if (first["status"], first["out"]) != (second["status"], second["out"]):
        report += ["output changes with the hash seed", *text_diff("stdout", first["out"], second["out"], 10)]
    if script.compare_stderr and first["err"] != second["err"]:
        report += ["stderr changes with the hash seed"]
    if not script.compare_stderr and "exits" not in script.directives and (first["status"] != 0 or b"Traceback" in first["err"]):
        report += [f"status {first['status']}", *first["err"].decode(errors="replace").splitlines()[-4:]]
    if re.search(rb" at 0x[0-9a-f]{6,}", first["out"]):
        report += ["an address in the output"]
    if not first["out"] and not script.compare_stderr:
        report += ["prints nothing"]
    return report


def find_scripts(options):
    folders = [ROOT / "tests" / "lang", ROOT / "tests" / "diff"]
    paths = sorted((ROOT / "tests" / "lang").glob("*/*.py")) + sorted((ROOT / "tests" / "diff").glob("*.py"))
    if options.audit:
        paths = [p for p in paths if p.parent != folders[1]]
    if options.only:
        paths = [p for p in paths if any(want in str(p.relative_to(ROOT)) for want in options.only)]
    if options.sample and options.sample < len(paths):
        paths = sorted(random.Random(1).sample(paths, options.sample))
    return [Script(p, options.timeout) for p in paths]


def without_served(scripts):
    """The scripts that mean the same in the developer mode; the others are named."""
    for script in scripts:
        if "served" in script.directives:
            print(f"left out: {script.name} is served {script.directives['served']}")
    return [script for script in scripts if "served" not in script.directives]


def area_table(results):
    """Markdown: scripts and passes per area."""
    areas = {}
    for script, report in results:
        passed, total = areas.get(script.area, (0, 0))
        areas[script.area] = (passed + (not report), total + 1)
    lines = ["| Area | Scripts | Equal to python3.11 |", "|---|---:|---:|"]
    lines += [f"| {area} | {total} | {passed} |" for area, (passed, total) in sorted(areas.items())]
    passed, total = (sum(column) for column in zip(*areas.values())) if areas else (0, 0)
    return lines + [f"| **all** | **{total}** | **{passed}** |"]


def write_table(readme, lines):
    """Puts the table between the markers of the README."""
    text = readme.read_text()
    start, end = text.index(TABLE_START) + len(TABLE_START), text.index(TABLE_END)
    readme.write_text(text[:start] + "\n" + "\n".join(lines) + "\n" + text[end:])


def parse_options():
    parser = argparse.ArgumentParser(description="Compare the language corpus under Atoll and python3.11.")
    parser.add_argument("only", nargs="*", help="run the scripts whose path contains one of these")
    parser.add_argument("--build", default="build", help="the build tree to test (default build)")
    parser.add_argument("--atoll", help="the command put before FILE, instead of that tree's `atoll run`")
    parser.add_argument("--worker-flags", default="", help="further options put before FILE")
    parser.add_argument("--slow", type=float, default=1.0, help="factor on Atoll's timeouts (checked builds)")
    parser.add_argument("--timeout", type=float, default=20.0, help="seconds per script (default 20)")
    parser.add_argument("--cache", type=Path, default=ROOT / "build" / "lang-cache", help="python3.11's kept outputs")
    parser.add_argument("-j", "--jobs", type=int, default=os.cpu_count(), help="scripts at a time")
    parser.add_argument("--diff-lines", type=int, default=12, help="lines of each difference shown")
    parser.add_argument("--table", action="store_true", help="print passes per area as a Markdown table")
    parser.add_argument("--readme", type=Path, help="write that table between this file's markers")
    parser.add_argument("--failed-list", type=Path, help="write the names of the failing scripts to this file")
    parser.add_argument("--collect", type=int, nargs="?", const=500, metavar="N",
                        help="collect at every allocation: what is new, and about N (500) old objects and references in the mean; 1: all")
    parser.add_argument("--growth", action="store_true", help="run each script 7 times in one world: nothing may grow")
    parser.add_argument("--fail-sweep", action="store_true", help="refuse allocations, each in a run of its own")
    parser.add_argument("--sweep-seconds", type=float, default=10.0, help="time for each script of --fail-sweep (default 10)")
    parser.add_argument("--progress", action="store_true", help="tell of each script when it has run, with its seconds")
    parser.add_argument("--sample", type=int, help="only so many scripts, drawn with a fixed seed")
    parser.add_argument("--worker", help="the atoll-worker for these modes, instead of that tree's")
    parser.add_argument("--audit", action="store_true", help="check the corpus itself under python3.11 alone")
    options = parser.parse_args()
    options.atoll = options.atoll or f"{ROOT / options.build / 'bin/atoll'} run"
    options.worker = options.worker or str(ROOT / options.build / "bin/atoll-worker")
    options.swept = collections.Counter()
    build_tree.prepare(options.build)
    return options


NOT_YET = ROOT / "tests" / "lang" / "not_yet.txt"


def with_known(results):
    """Scripts listed in not_yet.txt ("name: reason" lines) are known to differ still: they do not fail, but one that is equal
    now must leave the list."""
    known = dict(line.split(": ", 1) for line in NOT_YET.read_text().splitlines() if line and not line.startswith("#"))
    judged, differ = [], 0
    for script, report in results:
        if script.name in known:
            differ += bool(report)
            report = [] if report else ["is equal now: take it off tests/lang/not_yet.txt"]
            if not report:
                continue
        judged.append((script, report))
    if differ:
        print(f"{differ} scripts still differ as tests/lang/not_yet.txt says")
    return judged


def watched(check, script, options):
    """The report of one script, told at once when asked for."""
    start = time.monotonic()
    report = check(script, options)
    if options.progress:
        print(f"{time.monotonic() - start:7.1f} s  {script.name}", *report, sep="\n    ", flush=True)
    return report


def main():
    heed_interrupts()
    options = parse_options()
    options.cache.mkdir(parents=True, exist_ok=True)
    scripts = find_scripts(options)
    if options.collect or options.growth or options.fail_sweep:
        scripts = without_served(scripts)
    check = (audit_one if options.audit else collect_one if options.collect else growth_one if options.growth
             else sweep_one if options.fail_sweep else check_one)
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        results = list(zip(scripts, pool.map(lambda s: watched(check, s, options), scripts)))
    compared = results
    if not (options.collect or options.growth or options.fail_sweep or options.audit):
        results = with_known(results)
    failures = [(script, report) for script, report in results if report]
    for script, report in failures:
        print(f"FAIL {script.name}")
        print("\n".join("    " + line for line in report))
    if options.failed_list:
        options.failed_list.write_text("".join(script.name + "\n" for script, _ in failures))
    if options.table:
        print("\n".join(area_table(compared)))
    if options.readme:
        write_table(options.readme, area_table(compared))
    if options.swept:
        print(f"{options.swept.total()} runs with a refused allocation: " + ", ".join(f"{n} {word}" for word, n in options.swept.most_common()))
    print(f"{len(results) - len(failures)} passed, {len(failures)} failed")
    return 1 if failures or not results else 0


if __name__ == "__main__":
    sys.exit(main())
