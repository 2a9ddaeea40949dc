"""A storm: many jobs of many clients, while workers (and the server) die by every cause there is."""
import collections
import contextlib
import os
import random
import signal
import sqlite3
import subprocess
import threading
import time

import msgpack
from causes import make_jobs
from support import ATOLL, SLOW, Client, Pool, attackable_worker, wait_for

IN_FLIGHT = 24  # of one client


class StormPool(Pool):
    """A pool whose workers can be attacked from within, and which can be killed and started again."""

    def __enter__(self):
        self.options = [*self.options]
        super().__enter__()
        return self

    def start(self):
        with open(self.log_path, "ab") as log:
            argv = [ATOLL, "serve", "-w", str(self.workers), "-s", self.socket, *self.options]
            self.process = subprocess.Popen(argv, stdout=log, stderr=log, stdin=subprocess.DEVNULL)

    def kill_and_start(self):
        self.process.kill()
        self.process.wait()
        self.start()

    def rss(self):
        with open(f"/proc/{self.process.pid}/statm") as statm:
            return int(statm.read().split()[1]) * os.sysconf("SC_PAGESIZE")

    def descriptors(self):
        """But for those of the one worker that a template may be making ahead of need."""
        folder = f"/proc/{self.process.pid}/fd"
        open_ = []
        for fd in os.listdir(folder):
            with contextlib.suppress(FileNotFoundError):  # closed just now
                open_.append(os.readlink(f"{folder}/{fd}").split(":")[0])
        open_.sort()
        for one in ["/memfd"] + ["pipe"] * 4 if "/memfd" in open_ else []:
            open_.remove(one)
        return open_

    def wait_until_whole(self):
        def whole():
            status = self.status()
            states = [worker["state"] for worker in status["workers"]]
            return status["queued"] + status["running"] == 0 and states == ["ready"] * self.workers and status["clients"] == 1 and status
        return wait_for(whole, 30, "a whole, idle pool")


class StormClient(threading.Thread):
    """Submits its jobs, some at a time, kills those workers that are to be killed, and takes the outcomes."""

    def __init__(self, storm, jobs):
        super().__init__(daemon=True)
        self.storm, self.jobs = storm, jobs
        self.waiting = collections.deque(jobs)
        self.by_request, self.by_id = {}, {}
        self.complaints = []

    def run(self):
        try:
            while not self.is_done():
                try:
                    with self.connect() as client:
                        self.work(client)
                except (EOFError, ConnectionError, OSError) as error:
                    if not self.storm.kills_server:
                        raise
                    self.start_again(error)
        except Exception as error:
            self.complaints.append(f"client: {error!r}")

    def is_done(self):
        return not self.waiting and not self.by_request and not self.by_id

    def connect(self):
        end = time.monotonic() + 30 * SLOW
        while True:
            try:
                return Client(self.storm.pool.socket)
            except (ConnectionError, FileNotFoundError, EOFError):
                if not self.storm.kills_server or time.monotonic() > end:
                    raise
                time.sleep(0.02)

    def start_again(self, error):
        """The server is gone: whatever has no outcome yet is submitted again, by its key."""
        if isinstance(error, TimeoutError):
            raise error
        self.waiting = collections.deque(job for job in self.jobs if job.outcome is None)
        self.by_request, self.by_id = {}, {}

    def work(self, client):
        while not self.is_done():
            while self.waiting and len(self.by_request) + len(self.by_id) < IN_FLIGHT:
                self.submit(client, self.waiting.popleft())
            self.take(client, client.receive())

    def submit(self, client, job):
        client.number += 1
        key = {"idempotency_key": f"job {job.number}"} if self.storm.kills_server else {}
        self.by_request[client.number] = job
        client.send([0, client.number, "submit", [job.submit(**key)]])

    def take(self, client, message):
        if message[0] == 1:
            job = self.by_request.pop(message[1])
            if message[2] is not None:
                return self.complaints.append(f"{job.cause.name}: refused: {message[2]}")
            if job.id not in (None, message[3]["job"]):
                self.complaints.append(f"{job.cause.name}: is job {job.id} and {message[3]['job']}")
            job.id = message[3]["job"]
            self.by_id[job.id] = job
        elif message[1] == "started":
            job = self.by_id[message[2]["job"]]
            if job.cause.killed_by:
                os.kill(message[2]["pid"], job.cause.killed_by)
        elif message[1] == "outcome":
            self.end(message[2])

    def end(self, outcome):
        job = self.by_id.pop(outcome["job"], None)
        if job is None:
            return self.complaints.append(f"an outcome that nobody waits for: {outcome}")
        job.outcome = outcome
        complaint = job.complaint(outcome, self.storm.kills_server)
        if complaint:
            self.complaints.append(f"{job.cause.name}, job {job.id}: {complaint}")
        self.storm.note_end()


class Storm:
    def __init__(self, jobs=20000, clients=8, workers=4, server_kills=0, seed=1, folder=None):
        self.count, self.workers, self.kills_server, self.folder = jobs, workers, server_kills, folder
        self.random = random.Random(seed)
        self.jobs = make_jobs(jobs, seed, self_made_only=server_kills > 0)
        self.parts = [self.jobs[i::clients] for i in range(clients)]
        self.ended, self.lock = 0, threading.Lock()

    def note_end(self):
        with self.lock:
            self.ended += 1

    def kill_server_now_and_then(self, clients):
        """At random moments, spread over the whole."""
        marks = sorted(self.random.uniform(0.02, 0.98) * self.count for _ in range(self.kills_server))
        for mark in marks:
            while self.ended < mark and any(client.is_alive() for client in clients):
                time.sleep(0.002)
            time.sleep(self.random.uniform(0, 0.05))
            self.pool.kill_and_start()

    def run(self):
        """What went wrong, a line each, and numbers to be told."""
        options = ["--worker-path", attackable_worker(self.folder), "--log-level", "warn", "--client-connections", "0"]
        if self.kills_server:
            self.journal = os.path.join(self.folder, "journal")
            options += ["--journal", self.journal, "--keep-bytes", "4G", "--keep-time", "10h"]
        start = time.monotonic()
        with StormPool(self.workers, *options) as self.pool:
            self.pool.wait_until_whole()
            before = self.pool.rss(), self.quiet_descriptors()
            clients = [StormClient(self, part) for part in self.parts]
            for client in clients:
                client.start()
            self.kill_server_now_and_then(clients)
            for client in clients:
                client.join()
            complaints = [text for client in clients for text in client.complaints]
            status = self.pool.wait_until_whole()
            after = self.pool.rss(), self.quiet_descriptors(before[1])
            log = self.pool.log()
        complaints += [f"no outcome: {job.cause.name}, job {job.id}" for job in self.jobs if job.outcome is None]
        complaints += self.check_journal() if self.kills_server else self.check_status(status, before, after)
        if "internal-error" in log:
            complaints.append("the log tells of an internal error")
        return complaints, self.numbers(time.monotonic() - start, status, before, after)

    def quiet_descriptors(self, wanted=None):
        """The fewest in a while: whoever asked for the status last may be about to leave."""
        end, fewest = time.monotonic() + (0.3 if wanted is None else 3) * SLOW, None
        while fewest is None or (time.monotonic() < end and fewest != wanted):
            open_ = self.pool.descriptors()
            fewest = min(fewest or open_, open_, key=len)
            time.sleep(0.02)
        return fewest

    def check_status(self, status, before, after):
        if status["accepted"] != self.count or sum(status["verdicts"].values()) != self.count:
            yield f"{status['accepted']} accepted, outcomes {status['verdicts']}, of {self.count}"
        if after[1] != before[1]:
            yield f"descriptors {after[1]} where there were {before[1]}"
        if after[0] > before[0] + (64 if SLOW > 1 else 6) * (1 << 20):
            yield f"the supervisor has {after[0] >> 10} KiB where it had {before[0] >> 10}"

    def check_journal(self):
        """What the journal says at last is what was told, and of each job once."""
        told = {job.id: job.outcome["verdict"] for job in self.jobs if job.outcome}
        if len(told) != len(self.jobs):
            yield f"{len(self.jobs)} jobs have {len(told)} ids"
        with contextlib.closing(sqlite3.connect(f"file:{self.journal}?mode=ro", uri=True)) as db:
            rows, left = db.execute("SELECT job, message FROM outcomes").fetchall(), db.execute("SELECT count(*) FROM jobs").fetchone()[0]
        if left:
            yield f"{left} accepted jobs have no outcome"
        written = {}
        for job, message in rows:
            unpacker = msgpack.Unpacker(raw=False, unicode_errors="replace", strict_map_key=False)
            unpacker.feed(message)
            *_, last = unpacker
            if job in written:
                yield f"job {job} has two outcomes in the journal"
            written[job] = last[2][0]["verdict"]
        if written != told:
            yield f"the journal differs from what was told: {[(job, written.get(job), told.get(job)) for job in written.keys() | told.keys() if written.get(job) != told.get(job)][:5]}"

    def numbers(self, seconds, status, before, after):
        verdicts = collections.Counter(job.outcome["verdict"] for job in self.jobs if job.outcome)
        lines = [f"{self.count} jobs of {len(self.parts)} clients on {self.workers} workers in {seconds:.1f} s",
                 "verdicts: " + ", ".join(f"{verdict} {count}" for verdict, count in verdicts.most_common())]
        if self.kills_server:
            again = sum(job.outcome.get("attempt", 0) > 1 for job in self.jobs if job.outcome)
            lost = sum("the server was killed" in job.outcome.get("detail", "") for job in self.jobs if job.outcome)
            lines.append(f"server killed {self.kills_server} times: {lost} jobs lost with it (at most once), {again} run again (at least once)")
        else:
            lines.append(f"{status['deaths']} workers died; supervisor {before[0] >> 10} KiB before, {after[0] >> 10} after; "
                         f"{len(before[1])} descriptors before, {len(after[1])} after")
        return lines
