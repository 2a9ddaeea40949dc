"""The groups of the system. A worker is told of none."""
from collections import namedtuple

struct_group = namedtuple("struct_group", "gr_name gr_passwd gr_gid gr_mem")


def getgrgid(id):
    raise KeyError(f"getgrgid(): gid not found: {id}")


def getgrnam(name):
    raise KeyError(f"getgrnam(): name not found: {name!r}")


def getgrall():
    return []
