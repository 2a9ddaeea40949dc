"""Waiting for what a worker has: the sockets that it made in its own memory, and time.

A worker has no other descriptors to wait for: the standard streams always count as ready. Wakes come from other threads
through _wake(); until one comes, the waiting thread sleeps on a lock."""
import _thread
from errno import EBADF
from time import monotonic as _now

__all__ = ["error", "select", "PIPE_BUF"]

error = OSError
PIPE_BUF = 4096

_FIRST_NUMBER = 1 << 16
_channels = {}  # number -> what has _readable() and _writable()
_sleepers = []  # a lock for each thread that waits


def _register(channel):
    number = _FIRST_NUMBER
    while number in _channels:
        number += 1
    _channels[number] = channel
    return number


def _forget(number):
    _channels.pop(number, None)
    _wake()


def _wake():
    for lock in _sleepers[:]:
        try:
            lock.release()
        except RuntimeError:
            pass


def _number_of(file):
    number = file if isinstance(file, int) else file.fileno()
    if not isinstance(number, int):
        raise TypeError("argument must be an int, or have a fileno() method.")
    if number < 0:
        raise ValueError(f"file descriptor cannot be a negative integer ({number})")
    return number


class _Stream:
    _readable = _writable = staticmethod(lambda: True)


def _channel_of(number):
    channel = _Stream if number < 3 else _channels.get(number)
    if channel is None:
        raise OSError(EBADF, "Bad file descriptor")
    return channel


def _ready(readers, writers):
    return ([file for file, number in readers if _channel_of(number)._readable()],
            [file for file, number in writers if _channel_of(number)._writable()])


@staticmethod  # as a native function it binds to nothing where a class holds it
def select(rlist, wlist, xlist, timeout=None, /):
    """Waits until something is ready: (readable, writable, []), all empty when the time is over."""
    if timeout is not None and not isinstance(timeout, (int, float)):
        raise TypeError("timeout must be a float or None")
    if timeout is not None and timeout < 0:
        raise ValueError("timeout must be non-negative")
    readers = [(file, _number_of(file)) for file in rlist]
    writers = [(file, _number_of(file)) for file in wlist]
    for file in xlist:
        _number_of(file)
    readable, writable = _ready(readers, writers)
    if readable or writable or timeout == 0:
        return readable, writable, []
    end = None if timeout is None else _now() + timeout
    lock = _thread.allocate_lock()
    lock.acquire()
    _sleepers.append(lock)
    try:
        while True:
            readable, writable = _ready(readers, writers)
            left = -1 if end is None else end - _now()
            if readable or writable or (end is not None and left <= 0):
                return readable, writable, []
            lock.acquire(True, left)
    finally:
        _sleepers.remove(lock)
