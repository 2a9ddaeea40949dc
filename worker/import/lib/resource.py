"""What the process used, and its limits. The limits that hold are the job's: those set here are remembered and no more."""
import os
from collections import namedtuple

error = OSError
RLIM_INFINITY = -1
(RLIMIT_CPU, RLIMIT_FSIZE, RLIMIT_DATA, RLIMIT_STACK, RLIMIT_CORE, RLIMIT_RSS, RLIMIT_NPROC, RLIMIT_NOFILE,
 RLIMIT_MEMLOCK, RLIMIT_AS, RLIMIT_LOCKS, RLIMIT_SIGPENDING, RLIMIT_MSGQUEUE, RLIMIT_NICE, RLIMIT_RTPRIO,
 RLIMIT_RTTIME) = range(16)
RLIMIT_OFILE = RLIMIT_NOFILE
RUSAGE_CHILDREN, RUSAGE_SELF, RUSAGE_THREAD = -1, 0, 1

struct_rusage = namedtuple(
    "struct_rusage", "ru_utime ru_stime ru_maxrss ru_ixrss ru_idrss ru_isrss ru_minflt ru_majflt ru_nswap "
    "ru_inblock ru_oublock ru_msgsnd ru_msgrcv ru_nsignals ru_nvcsw ru_nivcsw")

_limits = {}


def _check(resource):
    if not 0 <= resource < 16:
        raise ValueError("invalid resource specified")


def getrlimit(resource, /):
    _check(resource)
    return _limits.get(resource, (RLIM_INFINITY, RLIM_INFINITY))


def setrlimit(resource, limits, /):
    _check(resource)
    soft, hard = limits
    if hard != RLIM_INFINITY and (soft == RLIM_INFINITY or soft > hard):
        raise ValueError("current limit exceeds maximum limit")
    most = getrlimit(resource)[1]
    if most != RLIM_INFINITY and (hard == RLIM_INFINITY or hard > most):
        raise ValueError("not allowed to raise maximum limit")
    _limits[resource] = (soft, hard)


def getrusage(who, /):
    if who not in (RUSAGE_CHILDREN, RUSAGE_SELF, RUSAGE_THREAD):
        raise ValueError("invalid who parameter")
    times = os.times()
    user, system = (0.0, 0.0) if who == RUSAGE_CHILDREN else (times.user, times.system)
    return struct_rusage(user, system, *[0] * 14)


def getpagesize():
    return 4096
