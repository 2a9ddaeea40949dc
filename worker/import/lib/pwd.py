"""The users of the system. A worker is told of none."""
from collections import namedtuple

struct_passwd = namedtuple("struct_passwd", "pw_name pw_passwd pw_uid pw_gid pw_gecos pw_dir pw_shell")


def getpwuid(uid, /):
    raise KeyError(f"getpwuid(): uid not found: {uid}")


def getpwnam(name, /):
    raise KeyError(f"getpwnam(): name not found: {name!r}")


def getpwall():
    return []
