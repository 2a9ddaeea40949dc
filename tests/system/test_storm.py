"""A storm of jobs, in short; `tests/system/storm` is the whole one."""
import os
import sys
import tempfile

from support import SLOW, SystemTest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "storm"))
from storm import Storm  # noqa: E402

JOBS = 300 if SLOW > 1 else 800


class Storms(SystemTest):
    def weather(self, **more):
        with tempfile.TemporaryDirectory() as folder:
            os.chmod(folder, 0o755)
            complaints, numbers = Storm(JOBS, folder=folder, **more).run()
        self.assertEqual(complaints, [], "\n".join(numbers))

    def test_workers_that_die_by_every_cause(self):
        self.weather()

    def test_a_server_that_is_killed_under_a_journal(self):
        self.weather(server_kills=3 if SLOW > 1 else 5)
