"""Semaphores for multiprocessing. A worker is one process, so they are the threads' own; starting another process is refused by
the module that would do it."""
import _thread
import threading

__all__ = ["SemLock", "sem_unlink"]

RECURSIVE_MUTEX, SEMAPHORE = range(2)


class SemLock:
    SEM_VALUE_MAX = 2147483647

    def __init__(self, kind, value, maxvalue, name, unlink):
        self.kind = kind
        self.maxvalue = maxvalue
        self.name = None  # nothing outlives the worker
        self.handle = id(self)
        self._value = value
        self._changed = threading.Condition()
        self._owner = None
        self._count = 0

    def acquire(self, block=True, timeout=None):
        me = _thread.get_ident()
        if self.kind == RECURSIVE_MUTEX and self._owner == me:
            self._count += 1
            return True
        with self._changed:
            if not block:
                timeout = 0
            elif timeout is not None:
                timeout = max(timeout, 0)
            if not self._changed.wait_for(lambda: self._value > 0, timeout):
                return False
            self._value -= 1
        self._owner = me
        self._count += 1
        return True

    def release(self):
        if self.kind == RECURSIVE_MUTEX:
            if self._owner != _thread.get_ident():
                raise AssertionError("attempt to release recursive lock not owned by thread")
            if self._count > 1:
                self._count -= 1
                return
        elif self._value >= self.maxvalue:
            raise ValueError("semaphore or lock released too many times")
        with self._changed:
            self._count -= 1
            self._owner = None
            self._value += 1
            self._changed.notify()

    def __enter__(self):
        return self.acquire()

    def __exit__(self, *exception):
        self.release()

    def _is_mine(self):
        return self._count > 0 and self._owner == _thread.get_ident()

    def _get_value(self):
        return self._value

    def _is_zero(self):
        return self._value == 0

    def _after_fork(self):
        self._count = 0


def sem_unlink(name):
    """Nothing stands behind a name."""
