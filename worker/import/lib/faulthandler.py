"""Tracebacks on demand. A worker that crashes is told of by its supervisor, so nothing is kept ready for that here; the switches remember
what they were set to."""
import sys

__all__ = ["enable", "disable", "is_enabled", "dump_traceback", "dump_traceback_later", "cancel_dump_traceback_later", "register",
           "unregister"]

_MAX_FRAMES = 100
_enabled = False
_registered = set()


def enable(file=None, all_threads=True):
    """Remember that tracebacks of crashes are wanted."""
    global _enabled
    _output(file)
    _enabled = True


def disable():
    """Take enable() back; True if it was in force."""
    global _enabled
    was, _enabled = _enabled, False
    return was


def is_enabled():
    return _enabled


def _output(file):
    if file is None:
        file = sys.stderr
        if file is None:
            raise RuntimeError("unable to get sys.stderr")
    return file


def _write_frames(write, frame):
    for _ in range(_MAX_FRAMES):
        if frame is None:
            return
        code = frame.f_code
        write(f'  File "{code.co_filename}", line {frame.f_lineno} in {code.co_name}\n')
        frame = frame.f_back
    write("  ...\n")


def dump_traceback(file=None, all_threads=True):
    """Write the frames of this thread, or of all threads, innermost first."""
    import _thread
    file = _output(file)
    frame, me = sys._getframe(1), _thread.get_ident()
    if not all_threads:
        file.write("Stack (most recent call first):\n")
        _write_frames(file.write, frame)
        return
    for ident, other in sys._current_frames().items():
        if ident != me:
            file.write(f"Thread {ident:#018x} (most recent call first):\n")
            _write_frames(file.write, other)
            file.write("\n")
    file.write(f"Current thread {me:#018x} (most recent call first):\n")
    _write_frames(file.write, frame)


def dump_traceback_later(timeout, repeat=False, file=None, exit=False):
    """Accepted; a job's time limits are its supervisor's to watch."""
    if timeout <= 0:
        raise ValueError("timeout must be greater than 0")
    _output(file)


def cancel_dump_traceback_later():
    pass


def register(signum, file=None, all_threads=True, chain=False):
    _output(file)
    _registered.add(signum)


def unregister(signum):
    if signum not in _registered:
        return False
    _registered.remove(signum)
    return True
