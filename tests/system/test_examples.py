"""The examples do what their READMEs say."""
import os
import subprocess
import tempfile

from support import ATOLL, BUILD, ROOT, SLOW, Pool, SystemTest


class Examples(SystemTest):
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
        self.assertRegex(done.stdout, r"(?s)^one thread +\d+ ms\nfour threads, one worker +\d+ ms\ntwo workers +\d+ ms\n$")

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
