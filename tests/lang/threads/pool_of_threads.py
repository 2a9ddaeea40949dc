# concurrent.futures with threads: results, errors, order, callbacks, cancel.
from concurrent.futures import ThreadPoolExecutor, as_completed, wait, FIRST_EXCEPTION, CancelledError, TimeoutError
import threading
def f(x):
    if x == 3: raise ValueError(x)
    return x * x
with ThreadPoolExecutor(2, thread_name_prefix="p") as pool:
    futures = [pool.submit(f, i) for i in range(5)]
    print([fu.exception() or fu.result() for fu in futures], sorted(fu.done() for fu in as_completed(futures)))
    print(list(pool.map(f, [1, 2], timeout=10)))
    try: list(pool.map(f, [1, 3, 2]))
    except ValueError as e: print("ValueError", e)
    gate, begun = threading.Event(), threading.Semaphore(0)
    def hold(): begun.release(); return gate.wait()
    first = [pool.submit(hold) for _ in range(2)]
    for _ in first: begun.acquire()  # both threads are busy
    late = pool.submit(f, 9); print(late.cancel(), late.cancelled(), first[0].cancel())
    try: late.result()
    except CancelledError: print("cancelled")
    try: first[0].result(timeout=0.01)
    except TimeoutError: print("timeout")
    called = []; first[0].add_done_callback(lambda fu: called.append(fu.result())); gate.set()
done = wait(futures, return_when=FIRST_EXCEPTION); print(len(done.done), len(done.not_done), called)
try: pool.submit(f, 1)
except RuntimeError as e: print(e)
