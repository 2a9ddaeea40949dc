"""Workers that must go before they die: one that has grown, one that another tenant has used, with the real worker and programs that
corrupt it from within (the module _attack)."""
import random

import msgpack
from support import SLOW, SystemTest, wait_for
from test_deaths import AttackedPool

LEAK = "import _attack\n_attack.syscall(9, 0, 1 << 20, 3, 0x8022, -1, 0)"  # mmap a megabyte, present at once, that nobody gives back
GARBAGE = "x = [bytearray(1 << 20) for i in range(20)]\nfor i in range(1000):\n    a = []; a.append(a)"
# Maps a page at a place of its own: True; False where a job before this one in the process has done so.
MARK = "import _attack\n_attack.syscall(9, 0x200000, 4096, 3, 0x100022, -1, 0) == 0x200000"
HONEST = "import json\n" + MARK.replace("import _attack\n", "import _attack\nfirst = ") + \
    "\n(first, json.dumps({str(i): sorted([i, 2, 1]) for i in range(3)}), 3 ** 200 % 1000007, isinstance(True, int), '\\xe9'.upper())"
HONEST_VALUE = ['{"0": [0, 1, 2], "1": [1, 1, 2], "2": [1, 2, 2]}', pow(3, 200, 1000007), True, "\u00c9"]
SPOILED = {  # what a tenant does to its worker; most of it lives on
    "telemetry": "_attack.scribble(3)",
    "signals": "for n in range(1, 32): _attack.syscall(13, n, b'\\1' + bytes(31), 0, 8)",  # rt_sigaction: all are ignored
    "ticks": "_attack.syscall(38, 0, bytes(32), 0)",  # setitimer: never
    "a type": "_attack.syscall(318, id(dict) + 16, 64, 0)",  # getrandom, over the inside of dict
    "its heap": "for i in range(200): _attack.syscall(318, id(object) + 4096 * i, 32, 0)",
    "memory": "for i in range(64): _attack.syscall(9, 0, 1 << 16, 3, 0x8022, -1, 0)",
}


class Growth(SystemTest):
    def jobs(self, pool, source, count):
        """The processes that ran so many jobs, up to the first one that is not the first job's."""
        pids = []
        with pool.client() as client:
            while len(pids) < count and len(set(pids)) < 2:
                outcome, _ = client.outcome(client.submit(source=source, events="all"))
                self.assertEqual(outcome["verdict"], "ok", outcome)
                pids.append(outcome["pid"])
        return pids

    def test_one_that_leaks_is_replaced_by_evidence(self):
        with AttackedPool(1, "--recycle-growth", "16M") as pool:
            pids = self.jobs(pool, LEAK, 5000)
            self.assertEqual(len(set(pids)), 2, "it was not replaced")
            self.assertGreater(len(pids), 200)
            status = pool.status()
            self.assertEqual((status["recycled"], status["deaths"]), (1, 0))
            self.assertIn("by=growth", pool.log())

    def test_one_whose_jobs_use_much_and_give_it_back_stays(self):
        with AttackedPool(1, "--recycle-growth", "16M") as pool:
            self.assertEqual(len(set(self.jobs(pool, GARBAGE, 350))), 1)
            self.assertEqual(pool.status()["recycled"], 0)


class CorruptedForTenants(SystemTest):
    def spoil(self, pool, how, *options):
        outcome = pool.run("import _attack\n" + SPOILED[how], "--tenant", "evil", *options)
        self.assertIn(outcome["verdict"], ("ok", "signal", "error", "lost", "internal", "protocol"), outcome)
        return outcome

    def assertHonest(self, outcome):
        self.assertEqual((outcome["verdict"], outcome.get("value")), ("ok", [True, *HONEST_VALUE]), outcome)

    def test_what_one_leaves_in_a_process_no_other_meets(self):
        for isolation in ("fresh", "session", "process"):
            with self.subTest(isolation), AttackedPool(1, "--spares", "1") as pool:
                mine = [pool.run(MARK, "--tenant", "evil", "--isolation", isolation) for _ in range(2)]
                self.assertEqual([outcome["value"] for outcome in mine], [True, isolation == "process"])
                other = pool.run(HONEST, "--tenant", "good", "--isolation", isolation)
                self.assertHonest(other)
                self.assertNotIn(other["pid"], [outcome["pid"] for outcome in mine])

    def test_whatever_one_does_to_its_worker_the_next_ones_is_sound(self):
        with AttackedPool(1, "--spares", "1") as pool:
            for how in SPOILED:
                with self.subTest(how):
                    outcome = self.spoil(pool, how)
                    honest = pool.run(HONEST, "--tenant", "good " + how)
                    self.assertHonest(honest)
                    self.assertNotEqual(honest["pid"], outcome.get("pid"))
            wait_for(lambda: len(pool.pids()) == 2, 10, "a whole pool")

    def test_many_tenants_with_corruptors_among_them(self):
        choice = random.Random(7)
        with AttackedPool(2, "--spares", "1") as pool, pool.client() as client:
            seen, jobs = {}, {}
            for _ in range(60 if SLOW > 1 else 150):
                tenant = choice.choice(["evil", "worse", "good", "better"])
                honest = tenant in ("good", "better")
                source = HONEST if honest else MARK + "\n" + SPOILED[choice.choice(list(SPOILED))]
                jobs[client.submit(source=source, tenant=tenant, value_as="json")] = (tenant, honest)
            waiting = set(jobs)
            while waiting:
                name, outcome = client.event()
                if name != "outcome":
                    continue
                waiting.remove(outcome["job"])
                tenant, honest = jobs[outcome["job"]]
                if outcome.get("pid"):
                    self.assertEqual(seen.setdefault(outcome["pid"], tenant), tenant)
                if honest:
                    self.assertEqual(outcome["verdict"], "ok", outcome)
                    self.assertEqual(msgpack.unpackb(outcome["value"])[1:], HONEST_VALUE)
            self.assertNotIn("internal-error", pool.log())
            wait_for(lambda: len(pool.pids()) == 3, 10, "a whole pool")


