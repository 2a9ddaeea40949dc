"""Signals that a program sends to itself, and its timers: what ends a process in CPython ends the worker, with its verdict, and nothing else."""
import json
import signal
import subprocess
import time

from support import ATOLL, Pool, SystemTest, atoll, run_code

KILL = "import os, signal\ndef f():\n    print('before', flush=True)\n    os.kill(os.getpid(), signal.{})\nf()"


class OwnSignals(SystemTest):
    def test_a_signal_without_a_handler_ends_the_worker(self):
        for name in "SIGTERM", "SIGKILL", "SIGUSR1", "SIGALRM":
            done = run_code(KILL.format(name))
            self.assertEqual((done.returncode, done.stdout), (128 + signal.Signals[name], "before\n"), done.stderr)
            self.assertIn(f"signal: worker killed by {name}", done.stderr)

    def test_an_abort_whatever_handler_there_is(self):
        done = run_code("import os, signal\nsignal.signal(signal.SIGABRT, print)\nos.abort()")
        self.assertEqual(done.returncode, 128 + signal.SIGABRT, done.stderr)

    def test_the_pool_lives_on(self):
        with Pool(1) as pool:
            for isolation in "fresh", "session", "process":
                done = pool.atoll("submit", "--json", "--isolation", isolation, "-c", KILL.format("SIGTERM"))
                outcome = json.loads(done.stdout[done.stdout.rindex('{"job"'):])
                self.assertEqual((outcome["verdict"], outcome["signal"], outcome["death"]["cause"]), ("signal", signal.SIGTERM, "signal"))
                self.assertEqual(pool.atoll("submit", "-c", "6 * 7").stdout, "42\n")

    def test_stops_and_signals_that_mean_a_limit_are_refused(self):
        for name in "SIGSTOP", "SIGTSTP", "SIGTTIN", "SIGSYS", "SIGXCPU":
            done = run_code(f"import signal\ntry: signal.raise_signal(signal.{name})\nexcept PermissionError: print('refused')")
            self.assertEqual(done.stdout, "refused\n", done.stderr)

    def test_no_other_process_is_reached(self):
        done = run_code("import os\nfor pid in 1, os.getppid(), -1, 0, -os.getpid():\n    try: os.kill(pid, 9)\n"
                        "    except PermissionError: print('refused')")
        self.assertEqual(done.stdout, "refused\n" * 5, done.stderr)

    def test_an_alarm_without_a_handler(self):
        done = run_code("import signal\nsignal.setitimer(signal.ITIMER_REAL, 0.05)\nwhile True: pass")
        self.assertEqual(done.returncode, 128 + signal.SIGALRM, done.stderr)

    def test_an_alarm_ends_a_wait_for_input(self):
        code = ("import signal, sys\ndef late(*args): raise TimeoutError('no answer')\nsignal.signal(signal.SIGALRM, late)\n"
                "signal.setitimer(signal.ITIMER_REAL, 0.1)\ntry: sys.stdin.readline()\nexcept TimeoutError as e: print(e)")
        with subprocess.Popen([ATOLL, "run", "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as job:  # nothing is written
            self.assertEqual(job.stdout.read(), b"no answer\n")

    def test_where_time_stands_still_a_sleep_lets_it_ring(self):
        code = ("import signal, time\nsignal.signal(signal.SIGALRM, lambda *a: print('rings at', time.monotonic()))\n"
                "signal.setitimer(signal.ITIMER_REAL, 1, 2)\nfor i in range(10**6): pass\ntime.sleep(6)\nprint(time.monotonic())")
        began = time.monotonic()
        done = run_code(code, "--clock", "@0,frozen")
        self.assertEqual(done.stdout, "rings at 1.0\nrings at 3.0\nrings at 5.0\n6.0\n", done.stderr)
        self.assertLess(time.monotonic() - began, 5)

    def test_a_timer_does_not_outlive_its_job(self):
        with Pool(1) as pool:
            pool.atoll("submit", "-c", "import signal; signal.setitimer(signal.ITIMER_REAL, 0.05)")
            self.assertEqual(pool.atoll("submit", "-c", "import time; time.sleep(0.2); 1").stdout, "1\n")

    def test_the_limits_hold_whatever_it_blocks(self):
        code = "import signal\nsignal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))\nsignal.setitimer(0, 0.01, 0.01)\nwhile True: pass"
        done = atoll("run", "--timeout", "200ms", "-c", code)
        self.assertEqual(done.returncode, 124, done.stderr)
