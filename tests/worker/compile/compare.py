"""Compares the compiler with python3.11's.

    compare.py CODE_DUMP --errors          SyntaxErrors of bad_sources.py and of CPython's own tests, attributes included
    compare.py CODE_DUMP FILE_OR_FOLDER... every instruction that can raise: name, argument and source range; locals; flags
"""
import ast
import dis
import doctest
import os
import re
import subprocess
import sys
import tempfile
import textwrap
import warnings

warnings.simplefilter("ignore")

# Opcodes that are arranged differently by intent, or that cannot raise and so show their range nowhere.
IGNORED = set("""PRECALL CACHE EXTENDED_ARG PUSH_NULL NOP KW_NAMES LOAD_CONST RETURN_VALUE RETURN_CONST JUMP_FORWARD JUMP_BACKWARD
COPY SWAP POP_TOP RESUME POP_EXCEPT PUSH_EXC_INFO RERAISE JUMP_BACKWARD_NO_INTERRUPT BUILD_SLICE STOPITERATION_ERROR
RETURN_GENERATOR MAKE_CELL COPY_FREE_VARS LOAD_SUPER_ATTR BUILD_TUPLE MAP_ADD BUILD_STRING DELETE_FAST STORE_FAST""".split())
RENAMED = {"LOAD_METHOD": "LOAD_ATTR", "LOAD_FAST_CHECK": "LOAD_FAST", "BINARY_SLICE": "BINARY_SUBSCR",
           "STORE_SLICE": "STORE_SUBSCR"}
WITHOUT_ARGUMENT = {"FOR_ITER", "SEND", "IS_OP", "CONTAINS_OP", "MATCH_CLASS", "CALL_FUNCTION_EX", "CALL", "TEST"}
FIXED_FLAGS = ~0x40  # CO_NOFREE is no longer a flag of ours
BATCH = 100


def instruction(name, argument, place):
    name = RENAMED.get(name, name).replace("_FORWARD", "").replace("_BACKWARD", "")
    if name.startswith(("POP_JUMP", "JUMP_IF")):
        name = "TEST"
    if name in WITHOUT_ARGUMENT:
        argument = ""
    return name, argument.replace("NULL + ", "").replace("NULL|self + ", ""), place


def numbered(codes, key):
    n = 0
    while (key, n) in codes:
        n += 1
    return key, n


def our_codes(dump, paths):
    """path -> {(qualname, line), n} -> (instructions, locals, flags, uses super), or the error's text."""
    out = subprocess.run([dump, *paths], capture_output=True, check=True).stdout.decode("utf-8", "replace")
    files, codes, code = {}, None, None
    for line in out.split("\n"):
        if line.startswith("FILE "):
            path, codes = line[5:], {}
            files[path] = codes
        elif line.startswith("ERR "):
            files[path] = line
        elif line.startswith("CODE "):
            name, first = line[5:].rsplit(" ", 1)
            code = codes[numbered(codes, (name, int(first)))] = {"ops": set(), "super": False}
        elif line.startswith("LOCALS "):
            names, flags = line[7:].rsplit(" flags=", 1)
            code["locals"], code["flags"] = list(ast.literal_eval(names)), int(flags, 16)
        elif "\t" in line:
            name, _, place, argument = line.split("\t", 3)
            code["super"] |= name == "LOAD_SUPER_ATTR"
            if name not in IGNORED and not place.startswith("-1"):
                code["ops"].add(instruction(name, argument, place))
    return files


def their_codes(code, codes):
    ops = set()
    for i in dis.get_instructions(code):
        p = i.positions
        if i.opname in IGNORED or p.lineno is None:
            continue
        place = (p.lineno, p.col_offset, p.end_lineno, p.end_col_offset)
        if p.col_offset is None:
            place = (p.lineno, -1, p.lineno, -1)
        ops.add(instruction(i.opname, i.argrepr, "%d:%d-%d:%d" % place))
    names = list(code.co_varnames) + [c for c in code.co_cellvars if c not in code.co_varnames] + list(code.co_freevars)
    codes[numbered(codes, (code.co_qualname, code.co_firstlineno))] = {
        "ops": ops, "locals": names, "flags": code.co_flags & FIXED_FLAGS}
    for constant in code.co_consts:
        if isinstance(constant, type(code)):
            their_codes(constant, codes)
    return codes


def differences(theirs, ours):
    only_theirs, only_ours = theirs["ops"] - ours["ops"], ours["ops"] - theirs["ops"]
    if ours["super"]:  # super().x is one instruction of ours
        only_theirs = {o for o in only_theirs if o[0] not in ("CALL", "LOAD_ATTR", "LOAD_GLOBAL")}
        only_ours = {o for o in only_ours if o[0] not in ("LOAD_CLOSURE", "LOAD_DEREF", "LOAD_FAST")}
    for what in ("locals", "flags"):
        if theirs[what] != ours[what]:
            yield f"{what}: {theirs[what]} but ours {ours[what]}"
    if only_theirs or only_ours:
        yield f"only python3.11: {sorted(only_theirs)[:4]} only ours: {sorted(only_ours)[:4]}"


def compare_file(path, ours):
    with open(path, "rb") as f:
        source = f.read()
    try:
        theirs = their_codes(compile(source, path, "exec"), {})
    except (SyntaxError, ValueError) as e:
        return [] if isinstance(ours, str) else [f"{path}: python3.11 refuses it: {e}"]
    if isinstance(ours, str):
        return [f"{path}: ours refuses it: {ours}"]
    found = []
    for key, code in theirs.items():
        if key not in ours:
            found.append(f"{path}: {key} is missing")
            continue
        found += [f"{path}: {key}: {d}" for d in differences(code, ours[key])]
    return found


def python_files(arguments):
    for argument in arguments:
        if os.path.isfile(argument):
            yield argument
        for folder, folders, names in os.walk(argument):
            folders[:] = sorted(f for f in folders if f not in ("test", "tests", "lib2to3"))
            yield from (os.path.join(folder, n) for n in sorted(names) if n.endswith(".py"))


def compare_code(dump, arguments):
    paths, found = list(python_files(arguments)), []
    for start in range(0, len(paths), BATCH):
        batch = paths[start:start + BATCH]
        ours = our_codes(dump, batch)
        for path in batch:
            found += compare_file(path, ours[path])
    return found, len(paths)


def sources_of_errors():
    from bad_sources import SOURCES
    yield from SOURCES
    try:
        import test.test_syntax as test_syntax
    except ImportError:
        return
    for example in doctest.DocTestParser().get_examples(test_syntax.__doc__):
        yield example.source


# What the parser says is its own tests' matter.
OURS = re.compile(r"global|nonlocal|parameter|duplicate|outside|not properly in loop|comprehension|import \*|annotat|future|chance|"
                  r"__debug__|must be last|starred|unreachable|alternative|repeated|multiple|nested blocks|except\* block|generator|checks")


def compare_errors(dump):
    sources = list(dict.fromkeys(s for s in sources_of_errors() if s and "\0" not in s))
    with tempfile.NamedTemporaryFile() as f:
        f.write(b"".join(s.encode() + b"\0" for s in sources))
        f.flush()
        got = subprocess.run([dump, "--errors", f.name], capture_output=True, check=True).stdout.decode().splitlines()
    found, checked = [], 0
    for source, ours in zip(sources, got, strict=True):
        try:
            compile(source, "<string>", "exec")
            continue
        except SyntaxError as e:
            if not OURS.search(e.msg) or e.text is not None:
                continue
            place = " ".join(repr(getattr(e, a)) for a in ("filename", "lineno", "offset", "text", "end_lineno", "end_offset"))
            theirs = f"ERR {type(e).__name__} {e.args!r} {place}"
        checked += 1
        if theirs != ours:
            found.append(textwrap.indent(f"{source!r}\npython3.11 {theirs}\nours       {ours}", "  "))
    return found, checked


def main():
    dump, *arguments = sys.argv[1:]
    found, count = compare_errors(dump) if arguments == ["--errors"] else compare_code(dump, arguments)
    for difference in found[:40]:
        print(difference)
    print(f"{count} compared, {len(found)} differences")
    sys.exit(bool(found) or not count)


main()
