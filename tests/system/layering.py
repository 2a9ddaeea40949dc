#!/usr/bin/python3.11
"""Proves the layers: reads the #include lines of all sources and checks them against the order of the design.

Between the parts: heap <- worker -> ipc <- supervisor, through the public headers of heap and ipc only. Inside the worker: each
folder may include what stands in its row. System headers are free, but not every library is for everybody.
"""
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"]', re.MULTILINE)

# What a part may see of the other parts.
PARTS = {"heap": set(), "ipc": set(), "worker": {"heap", "ipc"}, "supervisor": {"ipc"}}

# What a folder of the worker may see of the other folders.
_vm = {"base", "objects"}
_top = {"base", "parse", "objects", "compile", "vm"}
WORKER = {
    "base": set(), "parse": {"base"}, "objects": {"base"}, "compile": {"base", "parse", "objects"}, "vm": _vm,
    "builtins": _top, "import": _top, "modules": _top, "rpc": _top | {"builtins", "import", "modules"},
    "": _top | {"builtins", "import", "modules", "rpc"},
}
# builtins, import and modules are one layer and may see each other.
for _side in ("builtins", "import", "modules"):
    WORKER[_side] = WORKER[_side] | {"builtins", "import", "modules"}

# The instruction set is a table that the compiler shares with the evaluator.
INSTRUCTION_SET = {"worker/vm/opcode.h", "worker/vm/opcodes.def"}

# Which part may use which library.
LIBRARIES = {"uv.h": {"supervisor"}, "msgpack": {"ipc", "worker", "supervisor"}, "gmp.h": {"worker"}, "seccomp.h": {"supervisor", "worker"},
             "utf8proc.h": {"worker"}, "pcre2.h": {"worker"}, "jansson.h": {"supervisor"}, "sqlite3.h": {"supervisor"}}


def sources(part):
    for pattern in ("**/*.c", "**/*.h", "**/*.def"):
        yield from sorted((ROOT / part).glob(pattern))


def find(part, name, path):
    """The file of the project that an #include names, or None for a system header."""
    for base in (path.parent, ROOT / part, *(ROOT / other / "include" for other in ("heap", "ipc"))):
        if (base / name).is_file():
            return (base / name).resolve().relative_to(ROOT)
    return None


def folder_of(file):
    """The folder of the worker a file belongs to; '' for worker/main.c and its neighbours."""
    return file.parts[1] if len(file.parts) > 2 else ""


def complaints(part, path):
    own = path.relative_to(ROOT)
    for _, name in INCLUDE.findall(path.read_text(errors="replace")):
        target = find(part, name, path)
        if target is None:
            for library, users in LIBRARIES.items():
                if name.startswith(library) and part not in users:
                    yield f"{own} includes {name}: {part} does not use that library"
            continue
        other = target.parts[0]
        if other != part:
            if other not in PARTS[part]:
                yield f"{own} includes {target}: {part} must not see {other}"
            elif target.parts[1] != "include":
                yield f"{own} includes {target}: not a public header"
        elif part == "worker" and folder_of(target) != folder_of(own) and folder_of(target) not in WORKER[folder_of(own)] \
                and not (folder_of(own) == "compile" and str(target) in INSTRUCTION_SET):
            yield f"{own} includes {target}: {folder_of(own) or 'main'} must not see {folder_of(target) or 'main'}"


def main():
    files = failed = 0
    for part in PARTS:
        for path in sources(part):
            files += 1
            found = list(complaints(part, path))
            failed += bool(found)
            print(*found, sep="\n", end="\n" if found else "")
    print(f"{files - failed} passed, {failed} failed")
    return 1 if failed or not files else 0


if __name__ == "__main__":
    sys.exit(main())
