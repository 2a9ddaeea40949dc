"""Threads that outlive their job, and jobs that outlive their time."""
import subprocess
import time

from support import ATOLL, SLOW, Pool, SystemTest

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
