"""What two workers have in common: nothing. Equal values have different owners, and what is sent is a copy."""
from support import Pool, SystemTest, wait_for

LEFT, RIGHT = ({"isolation": "session", "session": name} for name in ("left", "right"))
STATS = "import gc\n[g['collections'] for g in gc.get_stats()]"

TAKE = """
import sys
def take(copy):
    global kept
    kept = copy
    return copy[0] is copy[2], copy[0] is copy[1]
"""


class TwoWorkers(SystemTest):
    """Two sessions, each in a worker of its own."""

    @classmethod
    def setUpClass(cls):
        cls.pool = Pool(2)
        cls.pool.__enter__()
        cls.client = cls.pool.client()
        wait_for(lambda: all(w["state"] == "ready" for w in cls.pool.status()["workers"]), 10, "two workers")
        jobs = [cls.client.submit(source="import time; time.sleep(0.3)", **session) for session in (LEFT, RIGHT)]
        owners = {}
        while len(owners) < 2:
            name, record = cls.client.event()
            if name == "outcome":
                owners[record["job"]] = record["worker"]
        cls.owners = [owners[job] for job in jobs]

    @classmethod
    def tearDownClass(cls):
        cls.client.__exit__()
        cls.pool.__exit__()

    def value(self, session, source):
        """What the source's last expression is, as plain data."""
        outcome, _, errors = self.client.run(source=source, value_as="repr", want_output=True, **session)
        self.assertEqual(outcome["verdict"], "ok", errors)
        self.assertEqual(outcome["worker"], self.owners[session is RIGHT], "the session has moved")
        return eval(outcome["value_repr"])

    def test_equal_values_have_different_owners(self):
        self.assertNotEqual(*self.owners)
        for session in (LEFT, RIGHT):
            self.assertEqual(self.value(session, "numbers = [1, 2, 3]\nnumbers"), [1, 2, 3])
        pids = [self.value(session, "import os\nos.getpid()") for session in (LEFT, RIGHT)]
        self.assertNotEqual(*pids)
        self.assertEqual(set(pids), set(self.pool.pids()))

    def test_a_change_of_one_is_not_seen_by_the_other(self):
        for session in (LEFT, RIGHT):
            self.value(session, "shared = {'n': 1}\nshared")
        self.assertEqual(self.value(LEFT, "shared['n'] += 41\nshared"), {"n": 42})
        self.assertEqual(self.value(RIGHT, "shared"), {"n": 1})
        self.value(RIGHT, "del shared\nNone")
        self.assertEqual(self.value(LEFT, "shared"), {"n": 42})

    def test_an_object_that_is_sent_is_a_copy(self):
        """Out of one worker, encoded, and into the other: there it has an identity and a count of its own."""
        self.value(LEFT, "import sys\ninner = ['inner']\noriginal = [inner, ['inner'], inner]\nmore = [original] * 5\nNone")
        self.value(RIGHT, TAKE + "None")
        arguments = self.client.run(source="[original]", **LEFT)[0]["value"]
        outcome, *_ = self.client.run(call={"function": "take"}, args=arguments, value_as="repr", **RIGHT)
        self.assertEqual((outcome["verdict"], outcome["value_repr"]), ("ok", "(True, False)"))
        self.assertEqual(self.value(RIGHT, "kept[0].append('changed')\nkept"), [["inner", "changed"], ["inner"], ["inner", "changed"]])
        self.assertEqual(self.value(LEFT, "original"), [["inner"]] * 3)
        self.assertEqual(self.value(LEFT, "sys.getrefcount(original)"), 7)
        self.assertEqual(self.value(RIGHT, "sys.getrefcount(kept)"), 2)

    def test_a_collection_of_one_leaves_the_other_alone(self):
        before = [self.value(session, STATS) for session in (LEFT, RIGHT)]
        self.value(LEFT, "import gc\n[gc.collect() for _ in range(10)]\nNone")
        after = [self.value(session, STATS) for session in (LEFT, RIGHT)]
        self.assertEqual(after[0][2], before[0][2] + 10)
        self.assertEqual(after[1], before[1])
