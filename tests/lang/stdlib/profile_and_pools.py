# cProfile's counts of calls, pools of threads, connections within one process; modules of other systems can be imported.
import cProfile
import io
import multiprocessing
import pstats
import re
from multiprocessing.dummy import Pool
from multiprocessing.pool import ThreadPool


def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


def work():
    sorted([3, 1])
    fib(8)
    [].append(1)
    return "x".upper()


profile = cProfile.Profile()
print(profile.runcall(work))
out = io.StringIO()
pstats.Stats(profile, stream=out).strip_dirs().sort_stats("name").print_stats()
print(re.sub(r"\d+\.\d+", "T", out.getvalue()))
out = io.StringIO()
pstats.Stats(profile, stream=out).strip_dirs().sort_stats("name").print_callers("fib")
print(re.sub(r"\d+\.\d+", "T", out.getvalue()))

with ThreadPool(4) as pool:
    print(pool.map(fib, range(10)), pool.apply_async(pow, (2, 5)).get(5), list(pool.imap(str, [1, 2])))
    print(pool.starmap(pow, [(2, 3), (3, 2)]), sorted(pool.imap_unordered(abs, [-1, -5, 2])))
with Pool(2) as pool:
    print(pool.map(abs, [-1, 2]))
left, right = multiprocessing.Pipe()
left.send({"a": [1, 2]})
print(right.recv(), right.poll(), right.poll(0.01))
right.send_bytes(b"bytes")
print(left.poll(), left.recv_bytes())
right.close()
try:
    left.recv()
except EOFError:
    print("EOF")
lock = multiprocessing.RLock()
with lock, lock:
    print("locked twice")
semaphore = multiprocessing.BoundedSemaphore(2)
print(semaphore.acquire(), semaphore.acquire(), semaphore.acquire(timeout=0.01))
semaphore.release()
semaphore.release()
try:
    semaphore.release()
except ValueError as e:
    print(e)
event = multiprocessing.Event()
event.set()
print(event.wait(1), multiprocessing.current_process().name)
for name in ("smtplib", "ftplib", "poplib", "imaplib", "xmlrpc.client", "wsgiref.util", "mailbox", "dbm.dumb", "cgi", "asyncore",
             "webbrowser", "pwd", "grp", "fcntl", "resource", "concurrent.futures.process"):
    __import__(name)
import resource
print(resource.getrusage(resource.RUSAGE_SELF).ru_utime >= 0, len(resource.getrlimit(resource.RLIMIT_STACK)))
