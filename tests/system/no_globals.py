#!/usr/bin/python3.11
"""Proves that the heap, ipc and supervisor libraries hold no mutable globals: nothing in writable data, by nm over the static archives."""
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WRITABLE = "bBdDgGsSC"
SAFE = re.compile(r"^(__gcov|__llvm|__asan|__odr_asan|\.L|_GLOBAL_)")


def writable_symbols(archive):
    """(object, symbol) of each writable datum; tables of pointers that the loader relocates are read-only afterwards."""
    listing = subprocess.run(["nm", "-A", "--format=sysv", archive], capture_output=True, text=True, check=True).stdout
    for line in listing.splitlines():
        fields = [field.strip() for field in line.split("|")]
        if len(fields) < 7 or len(fields[2]) != 1 or fields[2] not in WRITABLE:
            continue
        section = fields[6]
        if section.startswith((".data.rel.ro", ".rodata")):
            continue
        place, _, name = fields[0].rpartition(":")
        if not SAFE.match(name):
            yield place.rpartition(":")[2] or archive, name


def main():
    build = ROOT / (sys.argv[1] if len(sys.argv) > 1 else "build")
    passed = failed = 0
    for archive in (build / "heap" / "libheap.a", build / "ipc" / "libatoll-ipc.a", build / "supervisor" / "libsupervisor.a"):
        found = list(writable_symbols(archive))
        for place, name in found:
            print(f"{archive.name}: {place}: {name} is a mutable global")
        failed += bool(found)
        passed += not found
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
