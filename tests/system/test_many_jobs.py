"""Ten thousand jobs in one process: what they leave behind is nothing."""
import random
import statistics
from pathlib import Path

from support import SANITIZED, Pool, SystemTest

JOBS, IN_FLIGHT = 2000 if SANITIZED else 10_000, 8
GROWTH = 1.5 if SANITIZED else 1.05  # a sanitizer keeps freed blocks for a while
KINDS = (
    "6 * 7",
    "kept = [object() for _ in range(1000)]",
    "class Node: pass\nfor _ in range(300):\n    node = Node(); node.me = node",
    "x = bytearray(3_000_000)\nlarge = [list(range(2000)) for _ in range(100)]",
    "import json, re, collections\njson.dumps({str(n): n for n in range(200)})",
    "import gc\ngc.disable(); gc.freeze()\nimport sys\nsys.setrecursionlimit(5000)\nbuiltins = __builtins__\nlen = None",
    "1 / 0",
    "import threading\nthreads = [threading.Thread(target=sum, args=(range(100),)) for _ in range(3)]\n[t.start() for t in threads]\n[t.join() for t in threads]",
    "def deep(n): return deep(n - 1) if n else 0\ndeep(500)",
    "class Loud:\n    def __del__(self): print('gone')\nloud = Loud()",
    "print('text ' * 500)",
)
# Whatever an earlier job has changed would show here.
LOOK = """
import builtins, gc, sys, threading
(len("four"), gc.isenabled(), gc.get_threshold(), gc.get_stats()[2]["collections"], sys.getrecursionlimit(), sorted(globals()),
 threading.active_count(), hasattr(builtins, "left"), "left_module" in sys.modules, sys.getswitchinterval(), gc.callbacks)
"""
CHANGE = """
import builtins, gc, sys, threading
builtins.left = sys.modules["left_module"] = 1
builtins.len = lambda x: 0
gc.disable(); gc.set_threshold(1, 2, 3); gc.collect(); gc.callbacks.append(print)
sys.setrecursionlimit(77); sys.setswitchinterval(1)
mine = 1
"""


def rss(pid):
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * 4096


class ManyJobs(SystemTest):
    alone = True

    def test_ten_thousand_jobs_leave_a_worker_as_it_was(self):
        chance, sizes = random.Random(1), {}
        with Pool(1) as pool, pool.client() as client:
            (pid,) = pool.pids()
            waiting, ended = [], 0
            for number in range(JOBS):
                waiting.append(client.submit(source=KINDS[number % len(KINDS)] if number < 200 else chance.choice(KINDS)))
                if len(waiting) == IN_FLIGHT or number == JOBS - 1:
                    for job in waiting:
                        self.assertIn(client.outcome(job)[0]["verdict"], ("ok", "error"))
                    ended += len(waiting)
                    waiting.clear()
                    sizes[ended] = rss(pid)
            self.assertEqual(pool.pids(), [pid])
        early, late = max(size for jobs, size in sizes.items() if 50 <= jobs <= 150), sizes[JOBS]
        self.assertLess(late, early * GROWTH, "the process has grown")

    def test_a_fresh_job_sees_nothing_of_others_and_a_session_everything_of_its_own(self):
        with Pool(1) as pool, pool.client() as client:
            first = client.run(source=LOOK, value_as="repr")[0]["value_repr"]
            for _ in range(20):
                client.run(source=CHANGE)
                self.assertEqual(client.run(source=LOOK, value_as="repr")[0]["value_repr"], first)
            kept = {"isolation": "session", "session": "kept", "value_as": "repr"}
            self.assertEqual(client.run(source=LOOK, **kept)[0]["value_repr"], first)
            client.run(source=CHANGE, **kept)
            seen = client.run(source="import gc, sys\nmine, left, gc.isenabled(), gc.get_threshold(), sys.getrecursionlimit()", **kept)[0]
            self.assertEqual(seen["value_repr"], "(1, 1, False, (1, 2, 3), 77)")
            other = {**kept, "session": "other"}
            self.assertEqual(client.run(source=LOOK, **other)[0]["value_repr"], first)
            self.assertEqual(client.run(source=LOOK, value_as="repr")[0]["value_repr"], first)
            self.assertEqual(client.run(source="mine", **kept)[0]["value_repr"], "1")


class Freshness(SystemTest):
    alone = True

    def test_a_fresh_interpreter_is_quickly_made(self):
        """From the end of a job to the beginning of the next that waits for it, in a heap and an interpreter of its own."""
        gaps = []
        with Pool(1) as pool, pool.client() as client:
            for _ in range(50):
                ends, starts = [], []
                jobs = [client.submit(source="value = [n for n in range(1000)]") for _ in range(5)]
                for job in jobs:
                    outcome, events = client.outcome(job)
                    starts += [record["at_ns"] for name, record in events if name == "started"]
                    ends.append(outcome["end_ns"])
                gaps += [start - end for end, start in zip(ends, starts[1:])]
        typical = statistics.quantiles(gaps, n=10)[2] / 1000
        print(f"{typical:.0f} us ", end="", flush=True)
        if not SANITIZED:
            self.assertLess(typical, 100)
