"""Connections between the threads of a worker: pipes of messages in its memory. Those to other processes are refused."""
import collections
import itertools
import threading
from errno import EPERM

from . import context

__all__ = ["Client", "Listener", "Pipe", "wait"]

_reduction = context.reduction.ForkingPickler
_changed = threading.Condition()  # something was sent or closed
_numbers = itertools.count(1)


class Connection:
    """One end of a pipe. What is sent is pickled, as if it went to another process."""

    def __init__(self, inbox, outbox):
        self._inbox = inbox  # deque of bytes, or None
        self._outbox = outbox
        self._peer = None
        self._closed = False
        self._number = next(_numbers)

    readable = property(lambda self: self._inbox is not None)
    writable = property(lambda self: self._outbox is not None)
    closed = property(lambda self: self._closed)

    def fileno(self):
        self._check(True)
        return self._number

    def _check(self, able, doing="read"):
        if self._closed:
            raise OSError("handle is closed")
        if not able:
            raise OSError(f"connection is {'write' if doing == 'read' else 'read'}-only")

    def close(self):
        with _changed:
            self._closed = True
            _changed.notify_all()

    def send(self, obj):
        self._check(self.writable, "write")
        self._put(bytes(_reduction.dumps(obj)))

    def send_bytes(self, buf, offset=0, size=None):
        self._check(self.writable, "write")
        view = memoryview(buf).cast("B")
        if offset < 0:
            raise ValueError("offset is negative")
        if offset > len(view):
            raise ValueError("buffer length < offset")
        if size is None:
            size = len(view) - offset
        elif size < 0:
            raise ValueError("size is negative")
        elif offset + size > len(view):
            raise ValueError("buffer length < offset + size")
        self._put(bytes(view[offset:offset + size]))

    def _put(self, message):
        with _changed:
            if self._peer._closed:
                raise BrokenPipeError(32, "Broken pipe")
            self._outbox.append(message)
            _changed.notify_all()

    def recv(self):
        return _reduction.loads(self.recv_bytes())

    def recv_bytes(self, maxlength=None):
        self._check(self.readable)
        if maxlength is not None and maxlength < 0:
            raise ValueError("negative maxlength")
        with _changed:
            _changed.wait_for(lambda: self._inbox or self._peer._closed)
            if not self._inbox:
                raise EOFError
            message = self._inbox.popleft()
        if maxlength is not None and len(message) > maxlength:
            raise OSError("bad message length")
        return message

    def recv_bytes_into(self, buf, offset=0):
        message = self.recv_bytes()
        with memoryview(buf).cast("B") as view:
            if offset < 0 or offset > len(view):
                raise ValueError("negative offset" if offset < 0 else "offset too large")
            if len(view) - offset < len(message):
                raise context.BufferTooShort(message)
            view[offset:offset + len(message)] = message
        return len(message)

    def _ready(self):
        return bool(self._inbox) or self._peer._closed

    def poll(self, timeout=0.0):
        self._check(self.readable)
        return bool(wait([self], timeout))

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        self.close()


def Pipe(duplex=True):
    """Two connections, either end of a pipe."""
    forth, back = collections.deque(), collections.deque()
    first = Connection(forth, back if duplex else None)
    second = Connection(back if duplex else None, forth)
    first._peer, second._peer = second, first
    return first, second


def wait(object_list, timeout=None):
    """Those of the connections that have something to read, when there is one or the time is over."""
    objects = list(object_list)
    with _changed:
        _changed.wait_for(lambda: any(o._ready() for o in objects), timeout)
        return [o for o in objects if o._ready()]


def _refuse(*args, **kwargs):
    raise PermissionError(EPERM, "a worker has no connections to other processes")


Client = Listener = SocketClient = SocketListener = XmlClient = XmlListener = _refuse
