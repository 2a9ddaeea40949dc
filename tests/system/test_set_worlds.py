"""Randomness from a seed, and clocks that are set."""
import time
import unittest

from support import Pool, SystemTest, run_code

CHANCE = """
import os, random, secrets, tempfile, uuid
print(os.urandom(5).hex(), random.random(), random.SystemRandom().random(), hash('text'), hash(b'x'), uuid.uuid4(), secrets.token_hex(4))
print(next(tempfile._get_candidate_names()), list({'a', 'b', 'c', 'd'}), random.Random().random(), random.sample(range(100), 5))
"""


class Seed(SystemTest):
    def test_the_same_seed_gives_the_same(self):
        first, second, other = (run_code(CHANCE, "--seed", seed) for seed in (7, 7, 8))
        self.assertEqual((first.returncode, first.stderr), (0, ""))
        self.assertEqual(first.stdout, second.stdout)
        self.assertNotEqual(first.stdout, other.stdout)
        self.assertNotEqual(run_code(CHANCE).stdout, run_code(CHANCE).stdout)

    def test_each_fresh_job_begins_alike_and_a_session_goes_on(self):
        code = "import os\nprint(os.urandom(4).hex(), hash('a'))"
        with Pool(2, "--seed", "1") as pool:
            fresh = {pool.atoll("submit", "-c", code).stdout for _ in range(6)}
            self.assertEqual(len(fresh), 1)
            session = [pool.atoll("submit", "--session", "s", "-c", code).stdout for _ in range(3)]
            self.assertEqual((session[0], len(set(session))), (*fresh, 3))


class Clock(SystemTest):
    def test_frozen(self):
        code = ("import time, datetime, threading, queue, asyncio\nstart = time.monotonic()\n"
                "print(time.time(), time.time_ns(), time.monotonic(), time.perf_counter_ns(), time.process_time(), time.gmtime()[:6])\n"
                "print(datetime.datetime.now(datetime.timezone.utc), datetime.date.today(), time.strftime('%Y'))\n"
                "time.sleep(3600); print(time.time(), time.monotonic())\n"
                "print(threading.Event().wait(5), time.monotonic())\n"
                "try: queue.Queue().get(timeout=10)\nexcept queue.Empty: print('empty', time.monotonic())\n"
                "async def main():\n    await asyncio.gather(asyncio.sleep(100), asyncio.sleep(200)); print(round(time.monotonic(), 3))\n"
                "asyncio.run(main())")
        started = time.monotonic()
        done = run_code(code, "--clock", "2024-05-06T07:08:09.5Z,frozen")
        self.assertEqual(done.stdout, "1714979289.5 1714979289500000000 0.0 0 0.0 (2024, 5, 6, 7, 8, 9)\n"
                         "2024-05-06 07:08:09.500000+00:00 2024-05-06 2024\n1714982889.5 3600.0\nFalse 3605.0\nempty 3615.0\n3815.0\n", done.stderr)
        self.assertLess(time.monotonic() - started, 15)

    def test_running_at_a_rate(self):
        done = run_code("import time\na, t = time.time(), time.monotonic(); time.sleep(100); b, u = time.time(), time.monotonic()\n"
                        "print(int(a), 100 <= b - a < 4000, 100 <= u - t < 4000, t < 1000)", "--clock", "@1000000000,1000", timeout=20)
        self.assertEqual(done.stdout.split()[1:], ["True", "True", "True"], done.stdout)
        self.assertLess(abs(int(done.stdout.split()[0]) - 1000000000), 1000)

    def test_each_fresh_job_begins_at_the_time(self):
        with Pool(1, "--clock", "2000-01-01") as pool:
            for _ in range(3):
                done = pool.atoll("submit", "-c", "import time\nprint(0 <= time.time() - 946684800 < 5, time.monotonic() < 5)")
                self.assertEqual(done.stdout, "True True\n")
                time.sleep(0.3)

    def test_real_limits_hold_whatever_the_clock_says(self):
        done = run_code("import time\nwhile time.time() < 2e9: pass", "--clock", "now,frozen", "--timeout", "300ms")
        self.assertEqual(done.returncode, 124)

    def test_times(self):
        for text, seconds in (("1970-01-01", "0"), ("2024-02-29T12:00+02:00", "1709200800"), ("@12.25", "12.25"), ("2038-01-19 03:14:08Z", "2147483648")):
            done = run_code("import time; print(f'{time.time():.10g}')", "--clock", text + ",frozen")
            self.assertEqual(done.stdout, seconds + "\n", text)
        for text in ("", "tomorrow", "2023-02-29", "2024-13-01", "2024-01-01T25:00", "@", "@x", "@1e5", "now,", "now,0", "now,-1", "now,nan", "now,cold",
                     "now frozen", "2024-01-01+99:00", "@99999999999999999999"):
            done = run_code("1", "--clock", text)
            self.assertEqual((done.returncode, "--clock wants a time" in done.stderr), (2, True), text)


if __name__ == "__main__":
    unittest.main()
