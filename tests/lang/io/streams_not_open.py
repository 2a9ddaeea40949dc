"""Streams that are detached, closed or were never opened: what each attribute and method says."""
import io
def t(n, f):
    try: print(n, f())
    except Exception as e: print(n, type(e).__name__, e)
for kind in ("detached", "closed", "uninit"):
    x = io.TextIOWrapper(io.BytesIO(b"ab\nc"), encoding="latin-1") if kind != "uninit" else io.TextIOWrapper.__new__(io.TextIOWrapper)
    if kind == "detached": b = x.detach()
    elif kind == "closed": x.close()
    for n in ("newlines", "encoding", "errors", "line_buffering", "write_through", "buffer", "closed", "name", "_CHUNK_SIZE", "mode"): t((kind, n), lambda: type(getattr(x, n)).__name__)
    for n, a in dict(read=(), write=("a",), readline=(), seek=(0,), tell=(), truncate=(), flush=(), close=(), fileno=(), isatty=(), readable=(), writable=(), seekable=(), detach=(), reconfigure=(), __next__=(), __iter__=(), __enter__=(), readlines=(), writelines=(["a"],), __repr__=()).items(): t((kind, n), lambda: type(getattr(x, n)(*a)).__name__)
for make in (lambda: io.BufferedReader(io.BytesIO(b"abc")), lambda: io.BufferedWriter(io.BytesIO()), lambda: io.BufferedRandom(io.BytesIO(b"abc"))):
    for kind in ("detached", "closed", "uninit"):
        x = make()
        if kind == "detached": b = x.detach()
        elif kind == "closed": x.close()
        else: x = type(x).__new__(type(x))
        for n in ("closed", "name", "mode", "raw"): t((type(x).__name__, kind, n), lambda: type(getattr(x, n)).__name__)
        for n, a in dict(read=(), write=(b"a",), readline=(), seek=(0,), tell=(), truncate=(), flush=(), fileno=(), isatty=(), readable=(), writable=(), seekable=(), peek=(), read1=(), readinto=(bytearray(2),), __next__=(), __enter__=(), readlines=(), detach=(), close=(), __repr__=()).items(): t((type(x).__name__, kind, n), lambda: type(getattr(x, n)(*a)).__name__)
