#!/usr/bin/python3.11
"""Compares the parser with python3.11's: compare.py PARSE_DUMP [--errors] [FILE or DIRECTORY...]

Every *.py file must give the same tree with the same positions, or the same SyntaxError. Inside f-strings python3.11's own
positions are not reliable: there trees are compared without them. With --errors the sources are those of bad_sources.py.
Prints each difference and a count; exit status 1 when there is one."""
import ast
import os
import re
import subprocess
import sys
import tokenize
import warnings

warnings.simplefilter("ignore")
sys.setrecursionlimit(100000)
# Wanted differences: bytes that are no UTF-8 get the message that python3.11 gives for a file.
SKIPPED = ("badsyntax_pep3120.py",)


class Ours:
    """One parse_dump process per mode and option, fed with records."""

    def __init__(self, program):
        self.program = program
        self.processes = {}

    def run(self, source, mode="exec", attributes=True, flags=0):
        key = (mode, attributes, flags)
        if key not in self.processes:
            command = [self.program, "-m", mode, "-f", str(flags)] + (["-a"] if attributes else [])
            self.processes[key] = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        process = self.processes[key]
        process.stdin.write(b"%d\n" % len(source) + source)
        process.stdin.flush()
        line = process.stdout.readline()
        if not line:
            del self.processes[key]
            return f"CRASH {process.wait()}"
        text = line.decode("utf-8", "surrogatepass").removesuffix("\n")
        return re.sub(r"Constant\(value=(0[xob][0-9a-fA-F]+)\b", lambda m: f"Constant(value={int(m[1], 0)}", text)


def describe(e):
    text = "None" if e.text is None else e.text.replace("\n", "\\n")
    return "|".join(map(str, (type(e).__name__, e.msg, e.lineno, e.offset, e.end_lineno, e.end_offset, text)))


def theirs(source, mode="exec", attributes=True, flags=0):
    try:
        tree = compile(source, "<string>", mode, ast.PyCF_ONLY_AST | flags, dont_inherit=True)
    except SyntaxError as e:
        return describe(e), None
    except (ValueError, MemoryError, RecursionError) as e:
        return f"{type(e).__name__}|{e}|0|0|0|0|None", None
    return ast.dump(tree, include_attributes=attributes), tree


def without_fstring_positions(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.FormattedValue):
            for inner in ast.walk(node.value):
                for name in ("lineno", "col_offset", "end_lineno", "end_col_offset"):
                    if hasattr(inner, name):
                        setattr(inner, name, 0)
    return ast.dump(tree, include_attributes=True)


def same(ours, expected, tree):
    if ours == expected:
        return True
    if tree is None or "JoinedStr" not in expected or "|" in ours[:20]:
        return False
    return without_fstring_positions(eval(ours, dict(vars(ast), Ellipsis=...))) == without_fstring_positions(tree)


def difference(ours, expected):
    at = next((i for i, (a, b) in enumerate(zip(ours, expected)) if a != b), min(len(ours), len(expected)))
    start = max(0, at - 150)
    return f"    ours   {ours[start:at + 150]}\n    python {expected[start:at + 150]}"


def files(paths):
    for path in paths:
        if os.path.isfile(path):
            yield path
        for folder, _, names in sorted(os.walk(path)):
            for name in sorted(names):
                if name.endswith(".py"):
                    yield os.path.join(folder, name)


def read(path):
    """The bytes, or, for an encoding that the parser leaves to codecs, the text and the flag that says so."""
    with open(path, "rb") as file:
        source = file.read()
        file.seek(0)
        try:
            encoding = tokenize.detect_encoding(file.readline)[0]
        except SyntaxError:
            return source, 0
    if encoding in ("utf-8", "utf-8-sig", "iso-8859-1", "ascii"):
        return source, 0
    return source.decode(encoding), 1


def compare_files(program, paths):
    program = Ours(program)
    count = bad = 0
    for path in files(paths):
        if os.path.basename(path) in SKIPPED:
            continue
        source, flags = read(path)
        expected, tree = theirs(source)
        ours = program.run(source.encode() if flags else source, flags=flags)
        count += 1
        if same(ours, expected, tree):
            continue
        bad += 1
        print(f"{path}:\n{difference(ours, expected)}", flush=True)
    print(f"{count} files, {bad} differences")
    return bad


def compare_errors(program):
    from bad_sources import sources
    program = Ours(program)
    bad = 0
    cases = list(sources())
    for mode, flags, source in cases:
        expected, _ = theirs(source, mode, False, flags)
        ours_flags = 1 | (2 if flags & 0x200 else 0) | (4 if flags & 0x4000 else 0)
        ours = program.run(source.encode("utf-8", "surrogatepass"), mode, False, ours_flags)
        if ours == expected:
            continue
        bad += 1
        print(f"{mode} {source[:200]!r}:\n    ours   {ours[:300]}\n    python {expected[:300]}")
    print(f"{len(cases)} sources, {bad} differences")
    return bad


if __name__ == "__main__":
    arguments = sys.argv[2:]
    if arguments[:1] == ["--errors"]:
        sys.exit(bool(compare_errors(sys.argv[1])))
    sys.exit(bool(compare_files(sys.argv[1], arguments or ["/usr/lib/python3.11"])))
