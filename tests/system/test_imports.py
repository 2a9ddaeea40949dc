"""Imports and other things that need files: scripts in imports/, each with a folder of its own that it may write."""
import os
import subprocess
import tempfile
from pathlib import Path

from support import ATOLL, SLOW, SystemTest

PYTHON = "/usr/bin/python3.11"
SCRIPTS = Path(__file__).with_name("imports")


class Imports(SystemTest):
    def both(self, name):
        shown = []
        for command in ([ATOLL, "run", "--grant"], [PYTHON]):
            with tempfile.TemporaryDirectory() as folder:
                folder = os.path.realpath(folder)
                os.chmod(folder, 0o777)
                grant = [f"write={folder}"] if command[0] == ATOLL else []
                done = subprocess.run([*command, *grant, SCRIPTS / name, folder], capture_output=True, timeout=30 * SLOW, cwd="/")
                shown.append((done.stdout.decode().replace(folder, "HERE"), done.stderr.decode().replace(folder, "HERE"), done.returncode))
        self.assertEqual(*shown)
        self.assertEqual(shown[0][2], 0)

    def test_compiled_files(self):
        self.both("compiled_files.py")

    def test_namespace_packages(self):
        self.both("namespace_packages.py")

    def test_names_of_files(self):
        self.both("names_of_files.py")
