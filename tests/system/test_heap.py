"""The workers' heaps and collectors as `atoll heap` and `atoll gc` show them."""
import json
import re
import subprocess
import time
import xml.dom.minidom
from pathlib import Path

from support import ATOLL, SLOW, Pool, SystemTest, run_code, wait_for

CYCLES = """
import time
class Node: pass
kept = []
end = time.monotonic() + 30
while time.monotonic() < end:
    kept.append([Node() for _ in range(1000)])
    for node in kept[-1]:
        node.me = node
    if len(kept) > 20:
        kept.clear()
"""


def wait_until_ready(pool):
    wait_for(lambda: all(w["state"] == "ready" for w in pool.status()["workers"]), 10, "workers that are ready")


MANY_OLD = """
kept = [[n] for n in range(100_000)]
while True:
    pair = []
    pair.append([pair])
    kept[len(kept) % 100_000] = [pair]
    if len(kept) < 400_000: kept.append([len(kept)])
    else: del kept[100_000:]
"""


class Idle(SystemTest):
    @classmethod
    def setUpClass(cls):
        cls.pool = Pool(2)
        cls.pool.__enter__()
        wait_until_ready(cls.pool)

    @classmethod
    def tearDownClass(cls):
        cls.pool.__exit__()

    def reports(self, *options):
        return [json.loads(line) for line in self.pool.atoll("heap", "--json", *options).stdout.splitlines()]

    def test_numbers_add_up(self):
        for report in self.reports():
            parts = sum(report.get(name, 0) for name in ("used", "free", "reserved", "lost", "overhead"))
            self.assertGreaterEqual(report["held"], parts - report["overhead"] - report["image"])
            self.assertLessEqual(report["used"], report["held"])
            self.assertEqual(sum(c["used"] for c in report["classes"]) + report["large_runs"], report["blocks"])
            self.assertEqual(sum(c.get("used", 0) for c in report["classes"] if c.get("objects")), report["objects"])
            self.assertEqual(sum(c["pools"] for c in report["classes"]), report["pools"])
            self.assertGreater(report["rss"], report["used"])

    def test_one_worker_or_all(self):
        self.assertEqual([r["worker"] for r in self.reports()], [1, 2])
        self.assertEqual([r["worker"] for r in self.reports("--worker", "2")], [2])
        done = self.pool.atoll("heap", "--worker", "7")
        self.assertEqual((done.returncode, done.stderr), (1, "atoll heap: worker 7 is not up\n"))

    def test_the_table_names_what_it_shows(self):
        shown = self.pool.atoll("heap").stdout
        for words in ("\n  live ", "\n  held ", "\n  arenas ", "\n  pools ", "\n  tracked ", " BLOCK KIND"):
            self.assertEqual(shown.count(words), 2, words)

    def test_the_map_has_a_line_of_64_pages_for_each_arena(self):
        arenas = self.reports("--worker", "1")[0]["arenas"]
        lines = self.pool.atoll("heap", "--map", "--worker", "1").stdout.splitlines()[1:]
        self.assertGreaterEqual(len(lines), arenas)
        for line in lines:
            self.assertRegex(line, r"^ *[0-9a-f]+ (returned|kept|pools|runs) +\|.{64}\|$")

    def test_the_picture_is_well_formed(self):
        path = Path(self.pool.folder) / "heap.svg"
        self.assertEqual(self.pool.atoll("heap", "--svg", path).returncode, 0)
        picture = xml.dom.minidom.parse(str(path))
        self.assertGreater(len(picture.getElementsByTagName("rect")), 64)
        done = self.pool.atoll("heap", "--svg", "/nowhere/heap.svg")
        self.assertEqual(done.returncode, 1)
        self.assertIn("cannot write /nowhere/heap.svg", done.stderr)

    def test_the_picture_of_a_large_heap_is_bounded(self):
        path = Path(self.pool.folder) / "large.svg"
        with Pool(1) as pool:
            pool.atoll("submit", "--session", "s", "-c", "kept = [[n] for n in range(3_000_000)]; 1")
            report = json.loads(pool.atoll("heap", "--json", "--worker", "1").stdout)
            self.assertGreater(report["arenas"], 512)
            self.assertEqual(pool.atoll("heap", "--svg", path).returncode, 0)
        self.assertLess(path.stat().st_size, 1_500_000)
        picture = xml.dom.minidom.parse(str(path))
        texts = [t.firstChild.data for t in picture.getElementsByTagName("text")]
        rows = [t for t in texts if re.fullmatch("[0-9a-f]{6,}", t)]
        (title,) = [t for t in texts if t.startswith("worker 1: ")]
        pages = int(re.search(r"; a row is (\d+) arenas, a cell \1 pages$", title)[1])
        self.assertLessEqual(len(rows), 64)
        self.assertGreater(len(rows), 32)
        self.assertEqual({int(b, 16) - int(a, 16) for a, b in zip(rows, rows[1:])}, {pages * 256 * 1024})
        height = float(picture.documentElement.getAttribute("height"))
        boxes = picture.getElementsByTagName("rect")
        self.assertTrue(all(float(b.getAttribute("y")) + 12 <= height for b in boxes if b.getAttribute("height") == "12"))

    def test_collect(self):
        shown = self.pool.atoll("gc", "collect", "--generation", "1").stdout.splitlines()
        self.assertEqual([line.split(",")[0] for line in shown], ["worker 1: generation 1", "worker 2: generation 1"])

    def test_stats(self):
        rows = [line.split() for line in self.pool.atoll("gc").stdout.splitlines()[1:]]
        self.assertEqual([row[0] for row in rows], ["1", "2"])

    def test_usage(self):
        self.assertEqual(self.pool.atoll("gc", "polish").returncode, 2)
        self.assertEqual(self.pool.atoll("heap", "extra").returncode, 2)


class Busy(SystemTest):
    def test_a_busy_worker_shows_its_heap_and_its_collections(self):
        with Pool(2) as pool:
            job = subprocess.Popen([ATOLL, "submit", "-s", pool.socket, "-c", CYCLES])
            try:
                busy = wait_for(lambda: next((w for w in pool.status()["workers"] if w["state"] == "busy"), None), 10, "a busy worker")
                number = str(busy["worker"])
                time.sleep(0.3)  # from being sent to having begun
                report = json.loads(pool.atoll("heap", "--json", "--worker", number).stdout)
                self.assertEqual(report["job"], busy["job"])
                self.assertGreater(sum(report.get(f"generation{n}", 0) for n in range(3)), 0)
                watched = pool.atoll("gc", "watch", "--for", "500ms", "--worker", number).stdout
                self.assertRegex(watched, rf"(?m)^worker {number} job {busy['job']}: generation 0 by threshold, \d+ objects looked at")
                refused = pool.atoll("gc", "collect", "--worker", number)
                self.assertEqual((refused.returncode, "a job is running" in refused.stderr), (1, True))
            finally:
                job.kill()
                job.wait()

    def test_what_a_program_gives_up_goes_back_to_the_system(self):
        def seen():
            report = json.loads(pool.atoll("heap", "--json", "--worker", "1").stdout)
            return report["rss"], report.get("arenas_returned", 0)

        session = ("--session", "s", "-c")
        with Pool(1) as pool:
            pool.atoll("submit", *session, "1")
            before, _ = seen()
            pool.atoll("submit", *session, "kept = [[n] for n in range(1_000_000)]; large = 'x' * 50_000_000; 1")
            full, returned = seen()
            self.assertGreater(full, before + 90_000_000)
            pool.atoll("submit", *session, "del kept, large; 1")
            after, returned_then = seen()
            self.assertLess(after - before, (full - before) / 10)
            self.assertGreater(returned_then, returned + 200)

    def test_the_old_generation_is_collected_in_steps_or_at_once(self):
        for mode, at_once in (("incremental", False), ("whole", True)):
            with Pool(1, "--gc", mode) as pool:
                self.assertEqual(pool.atoll("submit", "-c", "import _atoll; _atoll.is_incremental()").stdout, f"{not at_once}\n")
                job = subprocess.Popen([ATOLL, "submit", "-s", pool.socket, "-c", MANY_OLD])
                try:
                    watched = pool.atoll("gc", "watch", "--for", f"{1500 * SLOW}ms").stdout
                finally:
                    job.kill()
                    job.wait()
                looked_at = [int(n) for n in re.findall(r"generation 2 by threshold, (\d+) objects", watched)]
                self.assertTrue(looked_at)
                self.assertEqual(max(looked_at) >= 100_000, at_once, watched)

    def test_what_a_job_sets_ends_with_it(self):
        with Pool(1) as pool:
            ask = ("submit", "-c", "import _atoll; _atoll.is_incremental()")
            pool.atoll("submit", "-c", "import _atoll; _atoll.set_incremental(False)")
            self.assertEqual(pool.atoll(*ask).stdout, "True\n")
        wrong = run_code("1", "--gc", "never")
        self.assertEqual(wrong.returncode, 2)
        self.assertIn("--gc wants incremental or whole, not 'never'", wrong.stderr)

    def test_a_worker_in_a_long_operation_is_said_not_to_answer(self):
        with Pool(1) as pool:
            with pool.client() as client:
                client.submit(source="n = 10 ** 9\nx = 3 ** n")
                wait_for(lambda: any(w["state"] == "busy" for w in pool.status()["workers"]), 10, "a busy worker")
                time.sleep(0.3)
                done = pool.atoll("heap")
                self.assertEqual(done.returncode, 1)
                self.assertIn("worker 1: the worker is inside of a long operation and does not answer", done.stderr)

    def test_a_worker_that_dies_meanwhile_is_told(self):
        with Pool(1, "--grace", "10ms") as pool:
            with pool.client() as client:
                client.submit(source="n = 10 ** 9\nx = 3 ** n", limits={"wall_ms": 1000})
                wait_for(lambda: any(w["state"] == "busy" for w in pool.status()["workers"]), 10, "a busy worker")
                time.sleep(0.3)
                self.assertIn("the worker has ended", pool.atoll("heap").stderr)



JOB_ROW, GIL_ROW, COLLECTION_ROW = 1, 2, 3
COLLECTING = "import gc\nfor _ in range(20):\n    gc.collect()"
TURNS = """
import sys, threading, time
sys.setswitchinterval(0.002)
end = time.monotonic() + 0.3
def work():
    while time.monotonic() < end: pass
threads = [threading.Thread(target=work) for _ in range(3)]
for thread in threads: thread.start()
for thread in threads: thread.join()
"""


class Trace(SystemTest):
    """What `atoll gc watch --trace` writes, read by the rules of Chrome's trace format."""

    def trace(self, jobs, workers=2, seconds="2s", left_running=None, before=None):
        """The spans by (worker, row), in the file's order, and all events. `before` is a job that runs when the trace begins."""
        begun = time.monotonic()
        with Pool(workers) as pool:
            wait_until_ready(pool)
            early = before and subprocess.Popen([ATOLL, "submit", "-s", pool.socket, "-c", before])
            if early:
                wait_for(lambda: any(w["state"] == "busy" for w in pool.status()["workers"]), 10, "a busy worker")
            path = Path(pool.folder) / "trace.json"
            watch = subprocess.Popen([ATOLL, "gc", "-s", pool.socket, "watch", "--for", seconds, "--trace", str(path)],
                                     stderr=subprocess.DEVNULL)
            time.sleep(0.3)
            for code in jobs:
                self.assertEqual(pool.atoll("submit", "-c", code).returncode, 0)
            left = left_running and subprocess.Popen([ATOLL, "submit", "-s", pool.socket, "-c", left_running])
            self.assertEqual(watch.wait(60 * SLOW), 0)
            for job in filter(None, (left, early)):
                job.kill()
                job.wait()
            document = json.loads(path.read_text())
        rows = self.check_format(document)
        for spans in rows.values():
            for span in spans:
                self.assertLess(begun - 60, span["ts"] / 1e6, "microseconds of the monotonic clock")
                self.assertLess((span["ts"] + span["dur"]) / 1e6, time.monotonic())
        return rows, document["traceEvents"]

    def check_format(self, document):
        """What the format asks of a file with complete events and metadata. Returns the spans by (process, thread)."""
        self.assertEqual(set(document), {"displayTimeUnit", "traceEvents"})
        self.assertIn(document["displayTimeUnit"], ("ms", "ns"))
        named, rows = [], {}
        for event in document["traceEvents"]:
            self.assertIs(type(event["pid"]), int)
            self.assertIs(type(event["name"]), str)
            self.assertIs(type(event.get("args", {})), dict)
            if event["ph"] == "M":
                argument, kind = {"process_name": ("name", str), "thread_name": ("name", str),
                                  "thread_sort_index": ("sort_index", int)}[event["name"]]
                self.assertEqual([type(value) for value in event["args"].values()], [kind])
                self.assertIn(argument, event["args"])
                self.assertEqual("tid" in event, event["name"] != "process_name")
                named.append((event["name"], event["pid"], event.get("tid")))
            else:
                self.assertEqual(event["ph"], "X")
                self.assertIs(type(event["tid"]), int)
                self.assertIn(event["cat"], ("job", "gil", "gc"))
                for time_ in (event["ts"], event["dur"]):
                    self.assertIn(type(time_), (int, float))
                    self.assertGreaterEqual(time_, 0)
                rows.setdefault((event["pid"], event["tid"]), []).append(event)
        self.assertEqual(len(named), len(set(named)), "nothing is named twice")
        for pid, tid in rows:
            self.assertIn(("process_name", pid, None), named)
            self.assertIn(("thread_name", pid, tid), named)
        for spans in rows.values():
            self.assertNested(spans)
        return rows

    def assertNested(self, spans):
        """Of two spans of a thread one lies in the other, or they have no time in common."""
        ends = []
        for span in sorted(spans, key=lambda s: (s["ts"], -s["dur"])):
            begin = round(span["ts"] * 1000)
            end = begin + round(span["dur"] * 1000)
            while ends and ends[-1] <= begin:
                ends.pop()
            self.assertTrue(not ends or end <= ends[-1], span)
            ends.append(end)

    def assertWithin(self, inner, outer):
        """Each span of inner is in one of outer. Times are rounded to a microsecond on the way."""
        for span in inner:
            begin, end = span["ts"] + 2, span["ts"] + span["dur"] - 2
            self.assertTrue(any(o["ts"] <= begin and end <= o["ts"] + o["dur"] for o in outer), span)

    def assertInOrder(self, spans):
        for one, next_ in zip(spans, spans[1:]):
            self.assertLessEqual(one["ts"] + one["dur"], next_["ts"] + 0.002, (one, next_))

    def check(self, rows):
        """One row's spans follow one another; in a worker, collections are within holds of the GIL and these within jobs."""
        for spans in rows.values():
            self.assertInOrder(spans)
        for worker in {worker for worker, _ in rows}:
            holds = rows[worker, GIL_ROW]
            self.assertWithin(holds, rows[worker, JOB_ROW])
            self.assertWithin(rows.get((worker, COLLECTION_ROW), []), holds)

    def test_jobs_and_collections_of_all_workers_stand_on_one_axis(self):
        rows, events = self.trace([COLLECTING] * 4)
        self.check(rows)
        spans = [span for row in rows.values() for span in row]
        self.assertEqual(sum(span["name"].startswith("job ") for span in spans), 4)
        self.assertEqual(sum(span["name"] == "generation 2" for span in spans), 80)
        self.assertTrue(all(s["args"]["trigger"] == "gc.collect" for s in spans if s["name"] == "generation 2"))
        named = {(e["pid"], e["args"]["name"]) for e in events if e["name"] in ("process_name", "thread_name")}
        for worker in (1, 2):
            for name in (f"worker {worker}", "jobs", "GIL", "collections"):
                self.assertIn((worker, name), named)

    def test_threads_take_turns_with_the_gil(self):
        rows, _ = self.trace([TURNS], workers=1)
        self.check(rows)
        holds = rows[1, GIL_ROW]
        names = {span["name"] for span in holds}
        self.assertIn("main thread 1", names)
        self.assertEqual(len(names), 4)
        turns = [span for span in holds if span["name"] != "main thread 1"]
        self.assertGreater(sum(a["name"] != b["name"] for a, b in zip(turns, turns[1:])), 5, "no turns were taken")

    def test_a_job_that_ran_already_is_shown_too(self):
        three_seconds = "import time\nend = time.monotonic() + 3\nwhile time.monotonic() < end: pass"
        for code, how, seconds in (("while True: pass", "still running", "1s"), (three_seconds, "ok", "5s")):
            rows, _ = self.trace([], workers=1, seconds=seconds, before=code)
            self.check(rows)
            (job,) = rows[1, JOB_ROW]
            self.assertRegex(job["name"], rf"^job \d+: {how}$")

    def test_a_job_that_still_runs_is_shown_up_to_now(self):
        rows, _ = self.trace([], workers=1, seconds="1s", left_running="while True: pass")
        self.check(rows)
        (job,) = rows[1, JOB_ROW]
        self.assertRegex(job["name"], r"^job \d+: still running$")
        self.assertEqual(len(rows[1, GIL_ROW]), 1, "one thread has it all the time")
        self.assertGreater(rows[1, GIL_ROW][0]["dur"], job["dur"] / 2)
