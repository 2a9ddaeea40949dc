"""Threads that outlive their job, and jobs that outlive their time."""
import time

from support import SLOW, Pool, SystemTest

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
