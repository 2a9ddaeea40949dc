"""What the tests have to know of the build tree they test."""
import os
import re
import resource
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
REPORT = re.compile(r"(ERROR|WARNING): \w+Sanitizer|: runtime error: ")  # what a sanitizer prints
STACK = 64 << 20


def is_sanitized(build):
    cache = ROOT / build / "CMakeCache.txt"
    return cache.exists() and re.search("^ATOLL_SANITIZE(_THREADS)?:BOOL=ON", cache.read_text(), re.M) is not None


def prepare(build):
    """For a sanitized tree: workers report on stderr, and since frames are several times as large, so is the stack."""
    if not is_sanitized(build):
        return False
    os.environ["ATOLL_WORKER_STDERR"] = "1"
    _, most = resource.getrlimit(resource.RLIMIT_STACK)
    resource.setrlimit(resource.RLIMIT_STACK, (STACK if most == resource.RLIM_INFINITY else min(STACK, most), most))
    return True
