#!/usr/bin/python3.11
"""Run the example programs under python3.11 and under Atoll: output and exit status must be equal.

    tests/harness/programs.py [--build TREE] [--slow FACTOR] [NAME...]
"""
import argparse
import concurrent.futures
import os
import sys
from pathlib import Path

import build_tree
from lang import ENV, PYTHON, ROOT, SANITIZER, execute, text_diff

PROGRAMS, MEMORY = ROOT / "examples" / "programs", ROOT / "examples" / "memory"
LICENCE = Path("/usr/share/common-licenses/GPL-3").read_bytes()

# (program, arguments, standard input): each program as it is, and then in other ways.
RUNS = [(path.stem, [], LICENCE if path.stem == "word_frequencies" else b"") for path in sorted(PROGRAMS.glob("*.py"))] + [
    ("word_frequencies", ["40"], LICENCE), ("word_frequencies", ["3"], b"one two two"), ("word_frequencies", ["x"], b""),
    ("json_pretty", ["--compact", "-"], b'{"b": [1, 2.5, "\\u00e9"], "a": {}}'), ("json_pretty", ["--sort", "-"], b'{"b": 1, "a": 2}'),
    ("json_pretty", ["-"], b"[1, 2"), ("sudoku", ["12345", "." * 81], b""), ("n_queens", ["4"], b""), ("n_queens", ["1"], b""),
    ("mandelbrot", ["40", "15", "100"], b""), ("n_body", ["100"], b""), ("binary_trees", ["6"], b""),
    ("event_simulation", ["50", "1", "9"], b""), ("matrix_multiplication", ["3"], b""), ("game_of_life", ["glider", "7"], b""),
    ("game_of_life", ["no such pattern"], b""), ("expression_evaluator", ["a = 2 ^ 100", "a % 97 + (", "-a"], b""),
    ("lru_cache", ["3", "500"], b""), ("bank", ["-"], b"open x 5\nwithdraw x 6\nclose x\n"), ("huffman", ["-"], LICENCE[:5000]),
    ("huffman", ["aaaa"], b""), ("dijkstra", ["8", "6", "3"], b""), ("big_numbers", ["50"], b""),
    ("text_adventure", ["-"], b"take shell\nnorth\nquit\n"), ("lisp", ["-e", "(define (f x) (if (= x 0) 'done (f (- x 1)))) (f 5000)"], b""),
    ("lisp", ["-"], b"(+ 1 2) (car '(a b)) (undefined)"), ("regex_matcher", ["(a|b)*c", "ababc", "abab", "c"], b""),
    ("spreadsheet", ["-"], b"A1 = 2\nB1 = =A1 ** 10\nC1 = =C1\n"), ("stack_machine", ["-"], b"x = 6 print x * 7"), ("pi_digits", ["60"], b""),
    ("nothing_here", [], b""),
] + [(f"memory/{path.stem}", [], b"") for path in sorted(MEMORY.glob("*.py"))]


def main():
    parser = argparse.ArgumentParser(description="Compare the example programs under Atoll and python3.11.")
    parser.add_argument("only", nargs="*", help="programs whose name contains one of these")
    parser.add_argument("--build", default="build", help="the build tree to test (default build)")
    parser.add_argument("--slow", type=float, default=1.0, help="factor on the time limit (checked builds)")
    options = parser.parse_args()
    atoll = ROOT / options.build / "bin" / "atoll"
    build_tree.prepare(options.build)

    def check(run):
        name, args, stdin = run
        script = f"examples/{name if '/' in name else 'programs/' + name}.py"
        want = execute([PYTHON, "-s", "-B", script, *args], stdin, 60, ENV)
        got = execute([atoll, "run", script, *args], stdin, 60 * options.slow)
        if name == "nothing_here":
            return [] if got["status"] == want["status"] and got["err"] else ["a missing file must be an error with status 2"]
        report = [] if got["status"] == want["status"] else [f"status: wanted {want['status']}, got {got['status']}"]
        if got["out"] != want["out"]:
            report += text_diff("stdout", want["out"], got["out"], 12)
        if report or SANITIZER.search(got["err"]):
            report += ["stderr: " + line[:200] for line in got["err"].decode(errors="replace").splitlines()[-12:]]
        return report

    runs = [run for run in RUNS if not options.only or any(word in run[0] for word in options.only)]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        reports = list(pool.map(check, runs))
    for (name, args, _), report in zip(runs, reports):
        if report:
            print(f"FAIL {name} {' '.join(args)[:80]}")
            print("\n".join("    " + line for line in report))
    failed = sum(1 for report in reports if report)
    print(f"{len(runs) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
