"""Threads that outlive their job, and jobs that outlive their time."""
import subprocess
import time

from support import ATOLL, SLOW, Pool, SystemTest, wait_for

LEFT = """
import _thread, threading, time
def spin():
    while True: pass
def nap():
    while True: time.sleep(100)
def wait():
    lock = _thread.allocate_lock(); lock.acquire(); lock.acquire()
for work in (spin, nap, wait):
    threading.Thread(target=work, daemon=True).start()
    _thread.start_new_thread(work, ())
time.sleep(0.02)
'left'
"""
JOINED = """
import threading, time
def late():
    time.sleep(0.2)
    print('late')
threading.Thread(target=late).start()
print('first')
'joined'
"""
# What a second thread measures of its own waits while the main one is in an operation of the pipes.
BESIDE = """
import sys, threading, time
done, gaps = False, []
def beat():
    last = time.monotonic()
    while not done:
        time.sleep(0.005)
        now = time.monotonic()
        gaps.append(now - last)
        last = now
beating = threading.Thread(target=beat)
beating.start()
{operation}
done = True
beating.join()
print(len(gaps), max(gaps), file=sys.stderr)
"""


class Pipes(SystemTest):
    alone = True

    def beside(self, operation, feed, pause):
        """Beats of the second thread, and the longest time without one, while the pipe's other end pauses."""
        job = subprocess.Popen([ATOLL, "run", "-c", BESIDE.format(operation=operation)], stdin=subprocess.PIPE,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        time.sleep(pause)
        out, err = job.communicate(feed, timeout=60 * SLOW)
        beats, longest = err.split()
        return out, int(beats), float(longest)

    def test_others_run_while_one_waits_for_input(self):
        out, beats, longest = self.beside("print(repr(sys.stdin.readline()))", b"line\n", 1.5)
        self.assertEqual(out, b"'line\\n'\n")
        self.assertGreater(beats, 20)
        self.assertLess(longest, 1)

    def test_others_run_while_one_waits_for_room_in_the_output(self):
        for operation, size in (("print('x' * 20_000_000)", 20_000_001), ("for _ in range(20_000): print('y' * 999)", 20_000_000)):
            out, beats, longest = self.beside(operation, None, 1.5)
            self.assertEqual(len(out), size)
            self.assertGreater(beats, 20)
            self.assertLess(longest, 1)

    def test_lines_of_threads_that_fill_the_pipe_stay_whole(self):
        code = """
import threading
def write(name):
    for n in range(2000): print(f"{name} {n} " + "-" * (n % 1000))
threads = [threading.Thread(target=write, args=(i,)) for i in range(8)]
for thread in threads: thread.start()
for thread in threads: thread.join()
"""
        job = subprocess.Popen([ATOLL, "run", "-c", code], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
        time.sleep(0.5)
        out, _ = job.communicate(timeout=60 * SLOW)
        written = {str(name): [] for name in range(8)}
        for line in out.decode().replace("\n\n", "\n").splitlines():
            for piece in [line] if line.count(" ") == 2 else []:
                name, n, tail = piece.split(" ")
                self.assertEqual(len(tail), int(n) % 1000)
                written[name].append(int(n))
        for name, numbers in written.items():
            self.assertEqual(numbers, sorted(numbers), name)
        self.assertEqual(out.count(b"\n"), 16000)


class Threads(SystemTest):
    alone = True

    def test_threads_of_one_worker_never_use_two_processors(self):
        source = """
import threading, time
end = time.monotonic() + 0.5
def work():
    while time.monotonic() < end: pass
threads = [threading.Thread(target=work) for _ in range(4)]
for thread in threads: thread.start()
for thread in threads: thread.join()
"""
        with Pool(1) as pool, pool.client() as client:
            usage = client.run(source=source)[0]["usage"]
        self.assertGreater(usage["wall_us"], 500_000)
        self.assertLess(usage["cpu_us"], usage["wall_us"] * 1.1)

    def test_a_cancelled_job_does_not_wait_for_locks(self):
        waits = ("lock.acquire()", "threading.Event().wait()", "queue.Queue().get()",
                 "threading.Barrier(2).wait()", "time.sleep(100)", "thread = threading.Thread(target=lock.acquire); thread.start(); thread.join()")
        with Pool(1, "--grace", "5s") as pool, pool.client() as client:
            pids = pool.pids()
            for wait in waits:
                job = client.submit(source=f"import queue, threading, time\nlock = threading.Lock()\nlock.acquire()\n{wait}")
                wait_for(lambda: any(w["state"] == "busy" for w in pool.status()["workers"]), 10, "a busy worker")
                time.sleep(0.1)
                begin = time.monotonic()
                client.call("cancel", job=job)
                self.assertEqual(client.outcome(job)[0]["verdict"], "cancelled", wait)
                self.assertLess(time.monotonic() - begin, 2 * SLOW, wait)
            self.assertEqual(pool.pids(), pids, "the worker was killed")

    def test_a_cancel_ends_the_wait_for_threads_at_the_end(self):
        """As Ctrl-C does it for python: the program itself is over, and has its value."""
        source = "import threading\nlock = threading.Lock()\nlock.acquire()\nthreading.Thread(target=lock.acquire).start()\n'over'"
        with Pool(1, "--grace", "5s") as pool, pool.client() as client:
            job = client.submit(source=source, value_as="repr")
            wait_for(lambda: any(w["state"] == "busy" for w in pool.status()["workers"]), 10, "a busy worker")
            time.sleep(0.2)
            client.call("cancel", job=job)
            outcome, _ = client.outcome(job)
            self.assertEqual((outcome["verdict"], outcome["value_repr"]), ("ok", "'over'"))
            self.assertEqual(outcome["detail"], "1 thread still running when the job ended was ended")

    def test_daemons_end_with_their_job(self):
        with Pool(1) as pool, pool.client() as client:
            pid = pool.pids()
            for isolation in ("fresh", "fresh", "session", "session", "fresh"):
                more = {"session": "s"} if isolation == "session" else {}
                outcome, *_ = client.run(source=LEFT, isolation=isolation, value_as="repr", **more)
                self.assertEqual((outcome["verdict"], outcome["value_repr"]), ("ok", "'left'"))
                self.assertEqual(outcome["detail"], "6 threads still running when the job ended were ended")
                outcome, *_ = client.run(source="import threading; threading.active_count()", value_as="repr")
                self.assertEqual(outcome["value_repr"], "1")
            self.assertEqual(pool.pids(), pid, "the worker did not live on")

    def test_others_are_waited_for(self):
        with Pool(1) as pool, pool.client() as client:
            for isolation in ("fresh", "session", "session"):
                more = {"session": "s"} if isolation == "session" else {}
                outcome, output, _ = client.run(source=JOINED, want_output=True, isolation=isolation, value_as="repr", **more)
                self.assertEqual((outcome["verdict"], outcome["value_repr"]), ("ok", "'joined'"))
                self.assertNotIn("detail", outcome)
                self.assertEqual(output, "first\nlate\n")

    def test_a_thread_does_not_keep_a_job_past_its_time(self):
        source = "import threading\ndef spin():\n    while True: pass\nthreading.Thread(target=spin).start()"
        with Pool(1) as pool, pool.client() as client:
            begin = time.monotonic()
            outcome, *_ = client.run(source=source, limits={"wall_ms": 300})
            self.assertEqual(outcome["verdict"], "timeout-wall")
            self.assertLess(time.monotonic() - begin, 5 * SLOW)
            outcome, *_ = client.run(source="'next'", value_as="repr")
            self.assertEqual(outcome["value_repr"], "'next'")
