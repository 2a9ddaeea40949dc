"""What tracemalloc asks of the interpreter: how much memory is held is told from the heap; single allocations are not traced, so
snapshots are empty."""
import _imp

_tracing = False
_limit = 1
_base = 0


def is_tracing():
    """Return True if the tracemalloc module is tracing Python memory allocations, False otherwise."""
    return _tracing


def start(nframe=1, /):
    """Start tracing Python memory allocations."""
    global _tracing, _limit, _base
    if not 1 <= nframe <= 65535:
        raise ValueError("the number of frames must be in range [1; 65535]")
    if not _tracing:
        _tracing, _limit = True, nframe
        clear_traces()


def stop():
    """Stop tracing Python memory allocations."""
    global _tracing
    _tracing = False


def clear_traces():
    """Clear traces of memory blocks allocated by Python."""
    global _base
    _base = _imp._heap_bytes(True)[0]


def reset_peak():
    """Set the peak size of memory blocks traced by tracemalloc to the current size."""
    _imp._heap_bytes(True)


def get_traced_memory():
    """Get the current size and peak size of memory blocks traced by tracemalloc."""
    if not _tracing:
        return 0, 0
    held, peak = _imp._heap_bytes(False)
    return max(held - _base, 0), max(peak - _base, 0)


def get_tracemalloc_memory():
    """Get the memory usage in bytes of the tracemalloc module."""
    return 0


def get_traceback_limit():
    """Get the maximum number of frames stored in the traceback of a trace."""
    return _limit


def _get_traces():
    return []


def _get_object_traceback(obj, /):
    return None
