"""Memory shared between processes: refused."""
from errno import EPERM


def shm_open(path, flags, mode=511):
    raise PermissionError(EPERM, "a worker shares no memory")


def shm_unlink(path):
    raise PermissionError(EPERM, "a worker shares no memory")
