"""The examples do what their READMEs say."""
import os
import re
import subprocess
import tempfile

from support import ATOLL, BUILD, ROOT, SLOW, Pool, SystemTest


class Examples(SystemTest):
    alone = True

    def test_isolated_collection(self):
        with tempfile.TemporaryDirectory() as folder:
            page = os.path.join(folder, "page.html")
            done = subprocess.run([BUILD / "examples" / "isolated_collection", ATOLL, page], capture_output=True, text=True, timeout=120 * SLOW)
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
            with open(page) as file:
                html = file.read()
        self.assertIn("<svg", html)
        self.assertNotIn("http", html.replace("http-equiv", ""))
        for job in ("steady", "cycles", "victim", "hungry"):
            self.assertIn(job, done.stdout)
            self.assertIn(job, html)

    def test_gil(self):
        """Threads, workers and one thread come to the same results; how long they take depends on the machine."""
        done = subprocess.run(["sh", "examples/gil/measure.sh", ATOLL], cwd=ROOT, capture_output=True, text=True, timeout=120 * SLOW)
        self.assertEqual((done.returncode, done.stderr.replace("\r", "")), (0, ""), done.stdout)
        shown = re.fullmatch(
            r"one thread +\d+ ms\nfour threads, one worker +\d+ ms\ntwo workers +\d+ ms\n"
            r"a collection of ([\d.]+) ms: a thread of the same worker waits ([\d.]+) ms\n"
            r"a collection of [\d.]+ ms: another worker waits [\d.]+ ms\n", done.stdout)
        self.assertTrue(shown, done.stdout)
        self.assertGreaterEqual(float(shown[2]), float(shown[1]) * 0.95)

    def test_processes(self):
        done = subprocess.run(["sh", "examples/memory/processes.sh", ATOLL], cwd=ROOT, capture_output=True, text=True, timeout=60 * SLOW)
        self.assertEqual((done.returncode, done.stderr), (0, ""), done.stdout)
        same = re.findall(r"process (\d+) holds \[\[1, 2\], \[1, 2\], \[1, 2\]\]", done.stdout)
        self.assertEqual(len(set(same)), 2, done.stdout)
        for line in ("left:  [[1, 2, 3], [1, 2], [1, 2, 3]]", "right: [[1, 2], [1, 2], [1, 2]]", "left:  count 6",
                     "right: [[1, 2, 3], [1, 2], [1, 2, 3], 'changed']", "left:  still [[1, 2, 3], [1, 2], [1, 2, 3]]"):
            self.assertIn(f"   {line}\n", done.stdout)
        right, left, right_again = re.findall(r"^   \[(\d+), (\d+), (\d+)\]$", done.stdout, re.M)
        self.assertEqual(right, right_again)
        self.assertGreaterEqual(int(left[2]), 10)

    def test_c_client(self):
        with Pool(1) as pool:
            done = subprocess.run([BUILD / "examples" / "c_client", pool.socket, "print('from C')\n6 * 7"], capture_output=True, text=True, timeout=20)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(done.stdout.splitlines()[:2], ["from C", "value: 42"])

    def test_every_example_has_a_readme_of_two_lines_or_more(self):
        for folder in sorted((ROOT / "examples").iterdir()):
            if folder.is_dir():
                lines = (folder / "README.md").read_text().splitlines()
                self.assertGreaterEqual(len(lines), 2, folder)
