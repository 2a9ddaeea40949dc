"""Locks and settings of descriptors: the names are there, and every use is refused: a worker has no files of its own."""
from errno import EPERM

LOCK_SH, LOCK_EX, LOCK_NB, LOCK_UN = 1, 2, 4, 8
F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_SETFL, F_GETLK, F_SETLK, F_SETLKW = range(8)
FD_CLOEXEC = 1
F_RDLCK, F_WRLCK, F_UNLCK = range(3)


def _refuse(fd, *rest):
    raise PermissionError(EPERM, "a worker's descriptors cannot be locked or set")


fcntl = ioctl = flock = lockf = _refuse
