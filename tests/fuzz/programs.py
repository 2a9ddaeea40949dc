#!/usr/bin/python3.11
"""Random programs under python3.11 and under Atoll: what they print must be equal.

    programs.py [--first SEED] [--count N] [--atoll 'COMMAND']

Programs run in batches, one process of each interpreter for a batch. One that differs is run alone, made smaller by deleting
statements as long as the difference stays, and printed; differences that look alike are printed once.
"""
import argparse
import ast
import os
import re
import resource
import shlex
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from program_generator import PRELUDE, make_program  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
PYTHON = "/usr/bin/python3.11"
ENV = {"PATH": "/usr/bin:/bin", "PYTHONHASHSEED": "0"}
MARK = "\x01program"
MEMORY = 1 << 30  # what python3.11 may use; a program that wants more is not compared
OUTPUT = 1 << 26  # bytes that a process may print; likewise
SANITIZER = re.compile(rb"ERROR: (Address|Leak|Undefined)\w*Sanitizer|: runtime error: ")
DRIVER = '''\
import sys
try: import linecache
except ImportError: linecache = None
sys.dont_write_bytecode = True
{prelude}
prelude_names = dict(globals())
for number, source in {programs!r}:
    print("{mark}", number)
    name = "<program %d>" % number
    if linecache: linecache.cache[name] = (len(source), None, source.splitlines(True), name)
    try:
        code = compile(source, name, "exec")
        exec(code, dict(prelude_names, __name__="__main__"))
    except SyntaxError as e:
        print("SyntaxError", e.msg, e.lineno, e.offset)
    except BaseException as e:
        print("ended by", failed(e))
'''


def limit_process(python):
    resource.setrlimit(resource.RLIMIT_FSIZE, (OUTPUT, OUTPUT))
    if python:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def run(command, text, timeout):
    """(exit status, standard output, standard error) of a driver."""
    with tempfile.NamedTemporaryFile("w", suffix=".py", encoding="utf-8") as file, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        file.write(text)
        file.flush()
        try:
            done = subprocess.run([*command, file.name], stdout=out, stderr=err, timeout=timeout, env=ENV, stdin=subprocess.DEVNULL,
                                  preexec_fn=lambda: limit_process(command[0] == PYTHON))
            status = "output" if out.tell() >= OUTPUT else done.returncode
        except subprocess.TimeoutExpired:
            status = "timeout"
        out.seek(0), err.seek(0)
        return status, out.read(), err.read()


def run_programs(command, programs, timeout):
    """{number: output} and how the process ended; a program that was not reached is missing."""
    status, out, err = run(command, DRIVER.format(prelude=PRELUDE, programs=programs, mark="\\x01program"), timeout)
    parts = re.split(MARK + r" (\d+)\n", out.decode("utf-8", "backslashreplace"))
    outputs = {int(parts[i]): parts[i + 1] for i in range(1, len(parts) - 1, 2)}
    if SANITIZER.search(err):
        status = "sanitizer"
    return outputs, status, err.decode("utf-8", "replace")


def outcome(command, source, timeout):
    outputs, status, err = run_programs(command, [(0, source)], timeout)
    return outputs.get(0), status, err


class Difference:
    def __init__(self, seed, source, want, got, err):
        self.seed, self.source, self.want, self.got, self.err = seed, source, want, got, err

    def lines(self):
        """The first lines that differ: wanted, got."""
        want, got = (self.want[0] or "").splitlines(), (self.got[0] or "").splitlines()
        for a, b in zip(want, got):
            if a != b:
                return a, b
        at = min(len(want), len(got))
        return (want[at] if at < len(want) else "(end)"), (got[at] if at < len(got) else f"(end, status {self.got[1]})")

    def looks(self):
        """What makes two differences one."""
        if self.got[1] not in (0, self.want[1]):
            frames = re.findall(r"#\d+ \S+ in (\w+)", self.err)[:6]
            return f"status {self.got[1]} " + " ".join(frames)
        a, b = self.lines()
        return re.sub(r"[0-9]+", "0", re.sub(r"'[^']*'", "''", f"{a[:60]} | {b[:60]}"))

    def text(self):
        a, b = self.lines()
        end = "" if self.got[1] == self.want[1] else f"# status: wanted {self.want[1]}, got {self.got[1]}\n# " + "\n# ".join(self.err.splitlines()[-25:]) + "\n"
        return f"### seed {self.seed}\n{self.source}\n# wanted: {a}\n# got:    {b}\n{end}"


def is_too_large(output, status):
    """Whether python3.11 came to an end of its time or memory."""
    return status != 0 or output is None or "MemoryError" in output


def compare(options, seed, source):
    want = outcome([PYTHON, "-s"], source, options.timeout)
    if is_too_large(*want[:2]):
        return None
    got = outcome(options.command, source, options.timeout * options.slow)
    if want[:2] == got[:2]:
        return None
    return Difference(seed, source, want[:2], got[:2], got[2])


def without(tree, path):
    """The tree with one statement (a list of steps leads to it) deleted, or None."""
    tree = ast.parse(ast.unparse(tree))
    node = tree
    for field, index in path[:-1]:
        node = getattr(node, field)[index]
    field, index = path[-1]
    body = getattr(node, field)
    removed = body.pop(index)
    if not body and field == "body" and not isinstance(node, ast.Module):
        if isinstance(removed, ast.Pass):
            return None
        body.append(ast.Pass())
    if not body and field == "handlers" and not getattr(node, "finalbody", None):
        return None
    if not body and field == "cases":
        return None
    return ast.fix_missing_locations(tree)


def statement_paths(node, prefix=()):
    for field in ("body", "handlers", "orelse", "finalbody", "cases"):
        children = getattr(node, field, None)
        if isinstance(children, list):
            for i, child in enumerate(children):
                yield prefix + ((field, i),)
            for i, child in enumerate(children):
                yield from statement_paths(child, prefix + ((field, i),))


def hoisted(tree, path):
    """The tree with a compound statement replaced by its body, or None."""
    tree = ast.parse(ast.unparse(tree))
    node = tree
    for field, index in path[:-1]:
        node = getattr(node, field)[index]
    field, index = path[-1]
    statement = getattr(node, field)[index]
    if not isinstance(statement, (ast.Try, ast.If, ast.For, ast.While, ast.With)) or not isinstance(getattr(statement, "body", None), list):
        return None
    getattr(node, field)[index:index + 1] = statement.body
    return ast.fix_missing_locations(tree)


def drop_runs(options, best, budget):
    """The difference without most statements of the module, dropped in ever shorter runs; and what is left of the budget."""
    wanted_looks, body = best.looks(), ast.parse(best.source).body
    length = (len(body) + 1) // 2
    while length and budget > 0:
        at = 0
        while at < len(body) and budget > 0:
            fewer = body[:at] + body[at + length:]
            budget -= 1
            found = compare(options, best.seed, ast.unparse(ast.Module(fewer, [])))
            if found and found.looks() == wanted_looks:
                best, body = found, fewer
            else:
                at += length
        length //= 2
    return best, budget


def shrink(options, difference):
    """The same difference (by its looks) in a smaller program."""
    wanted_looks, best = difference.looks(), difference
    try:
        best, budget = drop_runs(options, best, options.shrink_runs)
        tree = ast.parse(best.source)
    except (SyntaxError, ValueError):
        return best
    progress = True
    while progress and budget > 0:
        progress = False
        for path in sorted(statement_paths(tree), key=len):
            for change in (without, hoisted):
                try:
                    smaller = change(tree, path)
                    source = ast.unparse(smaller) if smaller else None
                except (IndexError, AttributeError, ValueError):
                    continue
                if not source or len(source) >= len(ast.unparse(tree)) or budget <= 0:
                    continue
                budget -= 1
                found = compare(options, best.seed, source)
                if found and found.looks() == wanted_looks:
                    best, tree, progress = found, smaller, True
                    break
            if progress:
                break
    return best


def check_batch(options, seeds):
    """The differences of a batch, not yet made small."""
    programs = [(seed, "\n".join(make_program(seed, options.library))) for seed in seeds]
    want, want_status, _ = run_programs([PYTHON, "-s"], programs, options.timeout * 4)
    if any(is_too_large(want.get(seed), want_status) for seed in seeds):
        programs = [(seed, source) for seed, source in programs
                    if not is_too_large(*outcome([PYTHON, "-s"], source, options.timeout)[:2])]
        want, want_status, _ = run_programs([PYTHON, "-s"], programs, options.timeout * 4)
    got, got_status, _ = run_programs(options.command, programs, options.timeout * 4 * options.slow)
    suspects = [(seed, source) for seed, source in programs if want.get(seed) != got.get(seed)]
    if not suspects and want_status != got_status:
        suspects = programs
    found = [compare(options, seed, source) for seed, source in suspects]
    return [difference for difference in found if difference]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--first", type=int, default=1, help="the first program's seed")
    parser.add_argument("--count", type=int, default=500, help="how many programs")
    parser.add_argument("--batch", type=int, default=25, help="programs in a process")
    parser.add_argument("--build", default="build", help="the build tree to test (default build)")
    parser.add_argument("--atoll", help="the command put before FILE, instead of that tree's `atoll-worker --python`")
    parser.add_argument("--timeout", type=float, default=10.0, help="seconds for a program")
    parser.add_argument("--slow", type=float, default=1.0, help="factor on Atoll's timeouts (checked builds)")
    parser.add_argument("--shrink-runs", type=int, default=120, help="runs spent on making one program small")
    parser.add_argument("--limit", type=int, default=15, help="different differences shown")
    parser.add_argument("-j", "--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--library", action="store_true", help="programs that use the library's types and modules")
    parser.add_argument("--print", type=int, help="print this seed's program and end")
    options = parser.parse_args()
    if options.print is not None:
        print(PRELUDE + "\n".join(make_program(options.print, options.library)))
        return 0
    options.command = shlex.split(options.atoll or f"{ROOT / options.build / 'bin/atoll-worker'} --python")
    seeds = range(options.first, options.first + options.count)
    batches = [seeds[i:i + options.batch] for i in range(0, len(seeds), options.batch)]
    shown, differing = {}, 0
    with ThreadPoolExecutor(options.jobs) as pool:
        for differences in pool.map(lambda batch: check_batch(options, batch), batches):
            for difference in differences:
                differing += 1
                looks = difference.looks()
                shown[looks] = shown.get(looks, 0) + 1
                if shown[looks] == 1 and len(shown) <= options.limit:
                    print(shrink(options, difference).text(), flush=True)
    print(f"{options.count} programs from seed {options.first}, {differing} differ in {len(shown)} ways")
    print(f"{options.count - differing} passed, {differing} failed")
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
