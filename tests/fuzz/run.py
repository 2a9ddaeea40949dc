#!/usr/bin/python3.11
"""Build the libFuzzer targets and run them: no finding is a pass.

    run.py [TARGET...] [--seconds N]

The targets are built with AddressSanitizer and UndefinedBehaviorSanitizer in build-fuzz (the CMake preset "fuzz"). A target that
reads source text starts from pieces of tests/lang and knows Python's tokens. What a run has learned (the corpus) and what it found
stay in build-fuzz/fuzz; a finding is run again by `build-fuzz/fuzz/fuzz_TARGET FILE`.
"""
import argparse
import ast
import os
import random
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "harness"))
import build_tree  # noqa: E402

BUILD = ROOT / "build-fuzz"
HEADERS = {"parse": 1, "compile": 3}  # bytes before the source, which choose how it is read
LONGEST = 4096
MORE_WORDS = ["match", "case", "type", "_", "__class__", "__debug__", "super", "self", "print(", "from __future__ import annotations\n", "# -*- coding: latin-1 -*-\n",
              "# coding: utf-16\n", "\ufeff", "\n    ", "\n\t", "\n  ", "\\\n", "f'{", "}'", "f'''", "rb'", "'''", '"""', "!r:", "{{", "\\N{", "\\x", "\\u0041", "0x", "1e5", "1_0", "1j", "0o7", "\x00", "\x0c", "\r", "\u00e9", "\u4e2d",
              "*_", "**k", "lambda:", "async for x in y:\n ", "except* E:\n ", "yield from ", "nonlocal x\n", "global x\n", "(x := 1)", "[x for x in y]", "def f():\n ", "class C:\n ", "case {**r}:\n", "<>"]


def statements(text):
    """The pieces of a script that mean something alone: its statements, or the lines of one too long."""
    lines = text.splitlines(True)
    for node in ast.parse(text).body:
        first = min([node.lineno, *(d.lineno for d in getattr(node, "decorator_list", []))])
        yield "".join(lines[first - 1:node.end_lineno])


def make_seeds(folder, header, rng):
    """One file for each statement of tests/lang, and some scripts whole, each behind random choices."""
    folder.mkdir(parents=True, exist_ok=True)
    texts = set()
    for path in sorted((ROOT / "tests" / "lang").glob("*/*.py")):
        try:
            text = path.read_text()
            pieces = list(statements(text))
        except (SyntaxError, ValueError):
            continue
        texts.update(piece for piece in pieces if 20 < len(piece) < LONGEST - header)
        if len(text) < LONGEST - header:
            texts.add(text)
    for number, text in enumerate(sorted(texts)):
        choices = bytes([0, 0, 0] if rng.random() < 0.5 else rng.randbytes(3))
        (folder / f"seed{number}").write_bytes(choices[:header] + text.encode())


def make_dictionary(file):
    words = re.findall(r'^(?:OPERATOR|KEYWORD)\(\w+, "(.+?)"\)', (ROOT / "worker" / "parse" / "tokens.def").read_text(), re.M)
    quote = lambda word: '"' + "".join(chr(b) if 32 <= b < 127 and b not in b'"\\' else f"\\x{b:02x}" for b in word.encode()) + '"\n'
    file.write_text("".join(quote(word) for word in words + MORE_WORDS))


def make_config_seeds(folder):
    """Each option on a line of its own, with values of its kind."""
    folder.mkdir(parents=True, exist_ok=True)
    options = re.findall(r'^OPT\(\w+, "([a-z-]+)", \S+, (\w+),', (ROOT / "supervisor" / "options.def").read_text(), re.M)
    values = {"FLAG": "yes", "COUNT": "10k", "INT": "-3", "SIZE": "64M", "TIME": "1.5s", "STRING": '"some text" # of it', "LIST": "read=/tmp"}
    for number, (name, kind) in enumerate(options):
        (folder / f"seed{number}").write_bytes(bytes([number % 4]) + f"# all\n{name} = {values[kind]}\n".encode())


def make_journal_seeds(folder):
    """A submit and an outcome as the journal has them, alone and in rows."""
    folder.mkdir(parents=True, exist_ok=True)
    submit = b"\x83\xa6source\xa1x\xa8delivery\xadat-least-once\xabdeadline_ms\x64"
    outcome = b"\x93\x02\xa7outcome\x91\x82\xa3job\x01\xa7verdict\xa2ok"
    rows = b"".join(bytes([table, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, len(text)]) + text for table, text in ((1, submit), (2, outcome), (0, outcome)))
    for number, seed in enumerate((b"\0\1\1\1" + submit, b"\1" + outcome, b"\2" + rows, b"\3\x10\x40\xff\0\x60\2")):
        (folder / f"seed{number}").write_bytes(seed)


def make_http_seeds(folder):
    """A scraper's request, and addresses."""
    folder.mkdir(parents=True, exist_ok=True)
    request = b"\0GET /metrics?x=1 HTTP/1.1\r\nHost: localhost\r\nAccept: application/openmetrics-text;version=1.0.0,*/*;q=0.1\r\n\r\n"
    for number, seed in enumerate((request, request.replace(b"GET", b"HEAD"), b"\x019464", b"\x01127.0.0.1:9464", b"\1[::1]:0")):
        (folder / f"seed{number}").write_bytes(seed)


MORE_SEEDS = {"http": make_http_seeds, "config": make_config_seeds, "journal": make_journal_seeds}


def run(target, options):
    folder = BUILD / "fuzz"
    corpus, findings = folder / f"{target}-corpus", folder / f"{target}-findings"
    corpus.mkdir(parents=True, exist_ok=True)
    findings.mkdir(exist_ok=True)
    before = set(findings.iterdir())
    command = [folder / f"fuzz_{target}", f"-max_total_time={options.seconds}", f"-artifact_prefix={findings}/", "-timeout=20", "-rss_limit_mb=3000",
               "-print_final_stats=1", f"-max_len={LONGEST}", f"-seed={options.seed}", corpus]
    if target in HEADERS:
        seeds, dictionary = folder / f"{target}-seeds", folder / "tokens.dict"
        make_seeds(seeds, HEADERS[target], random.Random(options.seed))
        make_dictionary(dictionary)
        command += [seeds, f"-dict={dictionary}"]
    if target in MORE_SEEDS:
        seeds = folder / f"{target}-seeds"
        MORE_SEEDS[target](seeds)
        command.append(seeds)
    log = folder / f"{target}.log"
    with log.open("wb") as out:
        status = subprocess.run([str(word) for word in command], stdout=out, stderr=subprocess.STDOUT).returncode
    text = log.read_text(errors="replace")
    runs = re.search(r"stat::number_of_executed_units: (\d+)", text)
    found = sorted(set(findings.iterdir()) - before)
    print(f"{target}: {runs[1] if runs else '?'} inputs in {options.seconds} s, status {status}, log {log.relative_to(ROOT)}")
    for file in found:
        print(f"  finding: {file.relative_to(ROOT)}")
    return status == 0 and not found


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("targets", nargs="*", help="parse, compile, ipc, http, telemetry, config, journal; all by default")
    parser.add_argument("--seconds", type=int, default=600, help="for each target (default 600)")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    build = [["cmake", "--preset", "fuzz"], ["cmake", "--build", "--preset", "fuzz"]]
    for command in build:
        if subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, env={**os.environ, "CC": "clang"}).returncode:
            return 1
    build_tree.prepare("build-fuzz")
    results = [run(target, options) for target in options.targets or ["ipc", "http", "telemetry", "config", "journal", "parse", "compile"]]
    print(f"{sum(results)} passed, {len(results) - sum(results)} failed")
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
