"""Grants: directories to read and to write, variables of the environment; and that nothing else can be had."""
import json
import os
import re
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

from support import ATOLL, BUILD, Pool, RpcError, SystemTest, atoll, wait_for

ROOT_USER = os.geteuid() == 0
SANITIZED = "ATOLL_SANITIZE:BOOL=ON" in (BUILD / "CMakeCache.txt").read_text()


class Granted(SystemTest):
    """A directory `in` to read, a directory `out` to write, and one `secret` beside them."""

    def setUp(self):
        self.base = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.base, ignore_errors=True)
        self.base.chmod(0o755)
        for name in ("in", "out", "secret"):
            (self.base / name).mkdir()
        self.read, self.write, self.secret = self.base / "in", self.base / "out", self.base / "secret"
        self.write.chmod(0o777)
        (self.read / "a.txt").write_text("alpha\nbeta\n")
        (self.read / "sub").mkdir()
        (self.read / "sub" / "b.txt").write_text("b")
        (self.secret / "key").write_text("the secret")
        (self.secret / "key").chmod(0o644)

    def options(self):
        return "--grant", f"read={self.read}", "--grant", f"write={self.write}"

    def run_code(self, code, *options, granted=None, **kwargs):
        kwargs.setdefault("env", {**os.environ, "ATOLL_WORKER_PATH": str(BUILD / "bin" / "atoll-worker")})
        return atoll("run", *(self.options() if granted is None else granted), *options, "-c", code, self.read, self.write, self.secret,
                     **kwargs)

    def assertRuns(self, code, expected, *options, **kwargs):
        done = self.run_code("import os, sys\nread, write, secret = sys.argv[1:]\n" + code, *options, **kwargs)
        self.assertEqual((done.stdout, done.stderr, done.returncode), (expected, "", 0))

    def outcomes(self, *expressions):
        """What each expression of (read, write, secret) comes to: the value's repr, or the exception."""
        code = ("import os, sys, io, json, shutil, tempfile\nread, write, secret = sys.argv[1:]\nfor text in json.loads(%r):\n"
                "    try:\n        print(repr(eval(text)))\n    except Exception as e:\n        print(type(e).__name__, getattr(e, 'errno', None))")
        done = self.run_code(code % json.dumps(expressions))
        self.assertEqual((done.returncode, done.stderr), (0, ""), done.stdout)
        return done.stdout.splitlines()


class Use(Granted):
    def test_open_reads_and_writes(self):
        self.assertRuns("print(open(read + '/a.txt').readlines())\n"
                        "with open(write + '/x', 'w') as f: print(f.write('one\\n'))\n"
                        "with open(write + '/x', 'a') as f: f.write('two\\n')\n"
                        "with open(write + '/x', 'r+b') as f: f.seek(1); f.write(b'NE'); f.seek(0); print(f.read())\n"
                        "with open(write + '/y', 'x') as f: f.truncate(10)\n"
                        "print(os.path.getsize(write + '/y'))", "['alpha\\n', 'beta\\n']\n4\nb'oNE\\ntwo\\n'\n10\n")
        self.assertEqual((self.write / "x").read_text(), "oNE\ntwo\n")

    def test_a_directory_to_read_is_not_written(self):
        refused = [f"{call}" for call in (
            "open(read + '/new', 'w')", "open(read + '/a.txt', 'a')", "open(read + '/a.txt', 'r+')", "os.open(read + '/a.txt', os.O_TRUNC)",
            "os.remove(read + '/a.txt')", "os.mkdir(read + '/d')", "os.rmdir(read + '/sub')", "os.rename(read + '/a.txt', read + '/c')",
            "os.rename(read + '/a.txt', write + '/c')", "os.rename(write, read + '/c')", "os.truncate(read + '/a.txt', 0)",
            "os.utime(read + '/a.txt', (0, 0))", "os.chmod(read + '/a.txt', 0o777)", "tempfile.TemporaryFile(dir=read)")]
        self.assertEqual(self.outcomes(*refused), ["PermissionError 13"] * len(refused))
        self.assertEqual((self.read / "a.txt").read_text(), "alpha\nbeta\n")

    def test_directories_that_lead_to_a_grant_are_there(self):
        self.assertRuns("os.makedirs(write, exist_ok=True)\nos.makedirs(write + '/a/b', exist_ok=True)\n"
                        "base = os.path.dirname(write)\n"
                        "print(os.path.isdir(base), os.path.isdir('/'), os.path.exists(secret), os.access(base, os.X_OK), os.access(base, os.R_OK))",
                        "True True False True False\n")
        self.assertEqual(self.outcomes("os.makedirs(write)", "os.mkdir(os.path.dirname(write))", "os.listdir(os.path.dirname(write))",
                                       "open(os.path.dirname(write))", "os.rmdir(os.path.dirname(write))", "os.mkdir(secret)"),
                         ["FileExistsError 17", "FileExistsError 17"] + ["PermissionError 1"] * 4)

    def test_what_no_server_does_is_refused(self):
        (self.write / "f").write_text("")
        self.assertEqual(self.outcomes("os.symlink('/etc/passwd', write + '/l')", "os.link(write + '/f', write + '/g')",
                                       "os.mkfifo(write + '/p')", "os.pipe()"), ["PermissionError 1"] * 4)
        self.assertEqual(sorted(os.listdir(self.write)), ["f"])

    def test_errors_have_the_texts_of_the_system(self):
        done = self.run_code("import sys\nopen(sys.argv[1] + '/none')")
        self.assertIn(f"FileNotFoundError: [Errno 2] No such file or directory: '{self.read}/none'", done.stderr)
        self.assertEqual(self.outcomes("open(read)", "open(read + '/a.txt/b')", "os.listdir(read + '/a.txt')", "os.mkdir(write)",
                                       "os.rmdir(write)", "os.mkdir(write + '/a/b')", "open(read + '/' + 'x' * 300)", "open('')",
                                       "open(read + '/\\0')"),
                         ["IsADirectoryError 21", "NotADirectoryError 20", "NotADirectoryError 20", "FileExistsError 17", "OSError 16",
                          "FileNotFoundError 2", "OSError 36", "FileNotFoundError 2", "ValueError None"])

    def test_the_os_module(self):
        self.assertRuns(
            "print(sorted(os.listdir(read)), sorted(e.name + '/' * e.is_dir() for e in os.scandir(read)))\n"
            "print([(d[len(read):], sorted(n), sorted(f)) for d, n, f in os.walk(read)])\n"
            "os.makedirs(write + '/p/q', exist_ok=True); os.makedirs(write + '/p/q', exist_ok=True)\n"
            "open(write + '/p/q/f', 'w').close(); os.rename(write + '/p/q/f', write + '/g'); os.replace(write + '/g', write + '/h')\n"
            "os.utime(write + '/h', (1, 2)); os.chmod(write + '/h', 0o4640); st = os.stat(write + '/h')\n"
            "print(st.st_mtime, oct(st.st_mode), st.st_size, os.lstat(write + '/h').st_ino == st.st_ino)\n"
            "print(os.access(read + '/a.txt', os.R_OK), os.access(read + '/a.txt', os.W_OK), os.access(write + '/h', os.W_OK))\n"
            "os.truncate(write + '/h', 5); print(os.path.getsize(write + '/h'), os.path.isfile(write + '/h'), os.path.isdir(write + '/p'))\n"
            "os.unlink(write + '/h'); os.removedirs(write + '/p/q') if False else os.rmdir(write + '/p/q'); os.rmdir(write + '/p')\n"
            "print(os.listdir(write), os.statvfs(read).f_bsize > 0)\n"
            "fd = os.open(read + '/a.txt', os.O_RDONLY); print(os.read(fd, 5), os.lseek(fd, 0, 2), os.pread(fd, 4, 6)); os.close(fd)\n"
            "fd = os.open(read, os.O_RDONLY | os.O_DIRECTORY); print(sorted(os.listdir(fd))); os.close(fd)\n",
            "['a.txt', 'sub'] ['a.txt', 'sub/']\n[('', ['sub'], ['a.txt']), ('/sub', [], ['b.txt'])]\n2.0 0o100640 0 True\n"
            "True False True\n5 True True\n[] True\nb'alpha' 11 b'beta'\n['a.txt', 'sub']\n")

    def test_modes_that_allow_nothing_can_be_changed(self):
        self.assertRuns("for name in 'fd':\n    p = write + '/' + name\n    open(p, 'w').close() if name == 'f' else os.mkdir(p)\n"
                        "    os.chmod(p, 0); print(oct(os.stat(p).st_mode)); os.chmod(p, 0o700); print(oct(os.stat(p).st_mode))",
                        "0o100000\n0o100700\n0o40000\n0o40700\n")
        self.assertEqual(self.outcomes("io.FileIO(os.open(read, os.O_RDONLY))"), ["IsADirectoryError 21"])

    def test_names_that_are_no_text(self):
        (self.read / os.fsdecode(b"caf\xe9")).write_text("odd")
        self.assertRuns("name = [n for n in os.listdir(read) if n.startswith('caf')][0]\nprint(ascii(name), open(read + '/' + name).read(), "
                        "open(os.fsencode(read) + b'/caf\\xe9').read())", "'caf\\udce9' odd odd\n")

    def test_there_is_no_dir_fd(self):
        self.assertEqual(self.outcomes("os.stat('a.txt', dir_fd=os.open(read, 0))", "os.supports_dir_fd", "os.chmod(os.open(read, 0), 0)"),
                         ["NotImplementedError None", "set()", "OSError 95"])

    def test_the_current_directory_is_the_clients(self):
        env = {**os.environ, "ATOLL": ATOLL}
        done = subprocess.run([ATOLL, "run", "-g", "read=in", "-g", "write=out", "-c",
                               "import os\nprint(os.getcwd(), open('in/a.txt').read(5)); os.chdir('in/sub'); print(os.getcwd(), open('b.txt').read(), "
                               "open('../a.txt').read(4)); os.chdir('../../out'); open('made', 'w').close(); print(os.listdir())"],
                              cwd=self.base, capture_output=True, text=True, env=env, timeout=30)
        self.assertEqual((done.stdout, done.stderr), (f"{self.base} alpha\n{self.read}/sub b alph\n['made']\n", ""))

    def test_a_client_without_a_directory_begins_in_the_first_grant(self):
        with Pool(1, *self.options()) as pool, pool.client() as client:
            self.assertEqual(client.run(source="import os; os.getcwd()", value_as="repr")[0]["value_repr"], repr(str(self.read)))

    def test_a_grant_by_another_name(self):
        (self.base / "link").symlink_to(self.read)
        self.assertRuns("print(open(read + '/../link/a.txt').read(5), open(os.path.dirname(read) + '/link/a.txt').read(5))\n"
                        "print(open(read + '/a.txt').read(5))", "alpha alpha\nalpha\n", granted=["-g", f"read={self.base}/link"])

    def test_the_library_on_files(self):
        self.assertRuns(
            "import pathlib, shutil, glob, csv, json, zipfile, fileinput, tempfile\n"
            "p = pathlib.Path(write); (p / 'j').write_text(json.dumps([1])); print(json.loads((p / 'j').read_text()), (p / 'no').exists())\n"
            "with open(p / 'c', 'w', newline='') as f: csv.writer(f).writerows([[1, 'x y'], [2, '']])\n"
            "print(list(csv.reader(open(p / 'c', newline=''))))\n"
            "shutil.copytree(read, p / 'tree'); print(sorted(str(x.relative_to(p)) for x in p.rglob('*.txt')))\n"
            "shutil.copy2(read + '/a.txt', p / 'copy'); shutil.move(p / 'copy', p / 'moved'); print((p / 'moved').stat().st_size)\n"
            "print(sorted(os.path.basename(n) for n in glob.glob(write + '/tree/*')))\n"
            "with zipfile.ZipFile(p / 'z.zip', 'w', zipfile.ZIP_DEFLATED) as z: z.write(read + '/a.txt', 'a'); z.writestr('d/b', 'B')\n"
            "with zipfile.ZipFile(p / 'z.zip') as z: z.extractall(p / 'un'); print(z.namelist())\n"
            "print((p / 'un' / 'd' / 'b').read_text(), [line for line in fileinput.input([read + '/a.txt'])])\n"
            "with tempfile.TemporaryDirectory() as d, tempfile.NamedTemporaryFile(dir=d) as n, tempfile.TemporaryFile() as t:\n"
            "    n.write(b'1'); t.write(b'22'); t.seek(0); print(t.read(), os.path.dirname(n.name) == d)\n"
            "shutil.rmtree(p / 'tree'); shutil.rmtree(p / 'un'); print(sorted(os.listdir(write)))\n",
            "[1] False\n[['1', 'x y'], ['2', '']]\n['tree/a.txt', 'tree/sub/b.txt']\n11\n['a.txt', 'sub']\n['a', 'd/b']\n"
            "B ['alpha\\n', 'beta\\n']\nb'22' True\n['c', 'j', 'moved', 'z.zip']\n")

    def test_imports_from_a_granted_directory(self):
        (self.read / "helper.py").write_text("value = 42\n")
        self.assertRuns("sys.path.insert(0, read)\nimport helper\nprint(helper.value, helper.__file__ == read + '/helper.py')", "42 True\n")

    def test_compiled_modules_are_kept_where_writing_is_granted(self):
        for folder in (self.read, self.write):
            (folder / "helper.py").write_text("def f():\n    return 1 / 0\n")
        code = "sys.path.insert(0, %s)\nimport helper\ntry: helper.f()\nexcept ZeroDivisionError as e: print(e.__traceback__.tb_next.tb_lineno)\n" \
               "print(helper.__cached__[len(%s):], os.path.exists(helper.__cached__), sys.dont_write_bytecode)"
        told = "/__pycache__/helper.atoll-311.pyc"
        self.assertRuns(code % ("read", "read"), f"2\n{told} False False\n")
        for _ in range(2):
            self.assertRuns(code % ("write", "write"), f"2\n{told} True False\n")
        cached = Path(str(self.write) + told)
        self.assertEqual(os.listdir(cached.parent), [cached.name])
        # It is what counts as long as the source is the same; a newer source, or a broken file, is compiled again.
        (self.write / "other.py").write_text("value = 2\n")
        self.assertRuns("sys.path.insert(0, write)\nimport other\nprint(other.value)", "2\n")
        other = cached.with_name("other.atoll-311.pyc")
        times = os.stat(self.write / "other.py")
        (self.write / "other.py").write_text("value = 3\n")
        os.utime(self.write / "other.py", ns=(times.st_atime_ns, times.st_mtime_ns))
        self.assertRuns("sys.path.insert(0, write)\nimport other\nprint(other.value)", "2\n")
        os.utime(self.write / "other.py", (1, 1))
        self.assertRuns("sys.path.insert(0, write)\nimport other\nprint(other.value)", "3\n")
        for broken in (b"", b"x" * 100):
            other.write_bytes(broken)
            other.chmod(0o666)
            self.assertRuns("sys.path.insert(0, write)\nimport other\nprint(other.value)", "3\n")
        other.unlink()
        self.assertRuns("sys.dont_write_bytecode = True\nsys.path.insert(0, write)\nimport other\nprint(other.value)", "3\n")
        self.assertFalse(other.exists())

    def test_a_program_beside_its_files(self):
        (self.write / "main.py").write_text("import part\nprint(part.x, open(__file__).read()[:6])\nopen('made', 'w').write('!')\n")
        (self.write / "part.py").write_text("x = 1\n")
        done = subprocess.run([ATOLL, "run", "-g", "write=.", "main.py"], cwd=self.write, capture_output=True, text=True, timeout=30)
        self.assertEqual((done.stdout, done.stderr), ("1 import\n", ""))
        self.assertEqual((self.write / "made").read_text(), "!")

    def test_the_mask_of_new_files(self):
        self.assertRuns("print(oct(os.umask(0o077)), oct(os.umask(0o022)))\nos.umask(0o027)\nopen(write + '/m', 'w').close()\n"
                        "os.mkdir(write + '/d')\nprint(oct(os.stat(write + '/m').st_mode), oct(os.stat(write + '/d').st_mode))",
                        "0o22 0o77\n0o100640 0o40750\n")

    def test_descriptors_belong_to_their_job(self):
        with Pool(1, *self.options()) as pool:
            left = pool.atoll("submit", "-c", f"import os; [os.open({str(self.read)!r}, 0) for i in range(5)]")
            self.assertEqual(left.returncode, 0, left.stderr)
            pid = pool.pids()[0]
            done = pool.atoll("submit", "-c", "import os\nfor fd in range(3, 12):\n    try: os.fstat(fd); print(fd)\n    except OSError: pass")
            self.assertEqual(done.stdout, "")
            if ROOT_USER:
                self.assertEqual(sorted(os.listdir(f"/proc/{pid}/fd")), ["0", "1", "2", "3"])

    def test_open_files_are_limited(self):
        self.assertRuns("kept = []\ntry:\n    while True: kept.append(open(read + '/a.txt'))\nexcept OSError as e: print(e.errno, len(kept) > 500)\n"
                        "kept.clear(); print(open(read + '/a.txt').read(5))", "24 True\nalpha\n")

    def test_a_file_grows_to_its_limit(self):
        self.assertRuns("f = open(write + '/big', 'wb', 0)\ntry:\n    while True: f.write(b'x' * 65536)\nexcept OSError as e: print(e)\n"
                        "try: f.truncate(1 << 30)\nexcept OSError as e: print(e.errno)\n"
                        "try: os.truncate(write + '/big', 1 << 30)\nexcept OSError as e: print(e.errno)\nprint(f.tell())",
                        "[Errno 27] File too large\n27\n27\n1048576\n", "--file-size", "1M")

    def test_threads_share_the_server(self):
        self.assertRuns("import threading\ndef work(n):\n    for i in range(200):\n        with open(f'{write}/{n}', 'w') as f: f.write(str(n))\n"
                        "        assert open(f'{write}/{n}').read() == str(n)\n"
                        "ts = [threading.Thread(target=work, args=(n,)) for n in range(4)]\n[t.start() for t in ts]\n[t.join() for t in ts]\n"
                        "print(sorted(os.listdir(write)))", "['0', '1', '2', '3']\n")


class Escapes(Granted):
    """Names that lead out of a grant."""

    def test_names_outside(self):
        calls = ("open(secret + '/key')", "os.stat(secret + '/key')", "os.listdir(secret)", "os.listdir('/')", "open('/etc/passwd')",
                 "open('/proc/self/environ')", "os.readlink('/proc/self/exe')", "os.stat('/etc')", "os.chdir(secret)", "os.mkdir(secret + '/d')",
                 "open(read + 'x')", "os.rename(write, secret + '/x')", "open(read + '/../secret/key')", "open(read + '/sub/../../secret/key')")
        self.assertEqual(self.outcomes(*calls), ["PermissionError 1"] * len(calls))
        self.assertEqual(self.outcomes("os.path.exists(secret)", "os.access(secret, os.F_OK)"), ["False", "False"])

    def test_links_that_lead_out(self):
        (self.read / "absolute").symlink_to(self.secret / "key")
        (self.read / "relative").symlink_to("../secret/key")
        (self.read / "directory").symlink_to("../secret")
        (self.read / "deep").symlink_to("sub/../../secret")
        (self.read / "proc").symlink_to("/proc/self/fd/0")
        (self.read / "chain").symlink_to("directory")
        (self.write / "directory").symlink_to(self.secret)
        calls = [f"{call}(read + '/{name}')" for call in ("open", "os.stat")
                 for name in ("absolute", "relative", "directory/key", "deep/key", "proc", "chain/key", "directory/../secret/key")]
        calls += ["os.listdir(read + '/directory')", "open(write + '/directory/new', 'w')", "os.mkdir(write + '/directory/d')",
                  "os.remove(write + '/directory/key')", "os.rename(write + '/directory/key', write + '/key')", "os.chmod(write + '/directory/key', 0)",
                  "os.utime(write + '/directory/key', (0, 0))", "os.truncate(write + '/directory/key', 0)", "os.chdir(read + '/directory')"]
        self.assertEqual(self.outcomes(*calls), ["PermissionError 13"] * len(calls))
        self.assertEqual(self.outcomes("os.readlink(read + '/directory')", "os.path.islink(read + '/chain')"), ["'../secret'", "True"])
        self.assertEqual(os.listdir(self.secret), ["key"])

    def test_links_that_stay_inside(self):
        (self.read / "link").symlink_to("sub")
        (self.read / "up").symlink_to("sub/../a.txt")
        self.assertEqual(self.outcomes("open(read + '/link/b.txt').read()", "open(read + '/up').read(5)", "open(read + '/link/../a.txt').read(5)",
                                       "os.lstat(read + '/link').st_size", "os.readlink(read + '/link')"),
                         ["'b'", "'alpha'", "'alpha'", "3", "'sub'"])

    def test_from_one_grant_into_another(self):
        self.assertEqual(self.outcomes("open(write + '/../in/a.txt').read(5)", "open(read + '/../out/n', 'w').write('n')"), ["'alpha'", "1"])

    def test_what_is_neither_file_nor_directory(self):
        os.mkfifo(self.read / "pipe", 0o644)
        started = time.monotonic()
        self.assertEqual(self.outcomes("open(read + '/pipe')", "os.open(read + '/pipe', os.O_RDONLY)", "os.stat(read + '/pipe').st_size"),
                         ["PermissionError 13", "PermissionError 13", "0"])
        self.assertLess(time.monotonic() - started, 10)

    @unittest.skipUnless(ROOT_USER, "only root mounts and makes devices")
    def test_devices_and_mounts_beneath(self):
        os.mknod(self.read / "null", 0o666 | stat.S_IFCHR, os.makedev(1, 3))
        os.chmod(self.read / "null", 0o666)
        self.assertEqual(self.outcomes("open(read + '/null')"), ["PermissionError 13"])
        if subprocess.run(["mount", "-t", "proc", "proc", self.read / "sub"], capture_output=True).returncode:
            self.skipTest("mount is not allowed")
        self.addCleanup(subprocess.run, ["umount", self.read / "sub"])
        self.assertEqual(self.outcomes("open(read + '/sub/self/environ')", "os.listdir(read + '/sub')"), ["PermissionError 13"] * 2)

    def test_a_directory_renamed_meanwhile(self):
        """Names with ".." while their directory moves out of the grant and back: never a byte from outside."""
        (self.read / "sub" / "deep").mkdir()
        (self.read / "key").write_text("inside")
        mover = subprocess.Popen([sys.executable, "-c", "import os, sys, time\na, b = sys.argv[1:]\nend = time.monotonic() + 4\n"
                                  "while time.monotonic() < end: os.rename(a, b); os.rename(b, a)", self.read / "sub", self.secret / "sub"])
        try:
            self.assertRuns("import time\nseen, end = set(), time.monotonic() + 3\nwhile time.monotonic() < end:\n"
                            "    try: seen.add(open(read + '/sub/deep/../../key').read())\n    except OSError as e: seen.add(e.errno)\n"
                            "print(seen - {'inside', 2, 11, 13})", "set()\n")
        finally:
            mover.wait()

    def test_a_link_exchanged_for_a_directory_meanwhile(self):
        (self.read / "swap").mkdir()
        (self.read / "swap" / "key").write_text("inside")
        (self.secret / "swap").symlink_to(self.secret)
        mover = subprocess.Popen([sys.executable, "-c", "import ctypes, sys, time\nlibc = ctypes.CDLL(None)\na, b = (s.encode() for s in sys.argv[1:])\n"
                                  "end = time.monotonic() + 4\nwhile time.monotonic() < end: libc.renameat2(-100, a, -100, b, 2)",
                                  self.read / "swap", self.secret / "swap"])
        try:
            self.assertRuns("import time\nseen, end = set(), time.monotonic() + 3\nwhile time.monotonic() < end:\n"
                            "    try: seen.add(open(read + '/swap/key').read())\n    except OSError as e: seen.add(e.errno)\n"
                            "print('inside' in seen, seen - {'inside', 2, 11, 13})", "True set()\n")
        finally:
            mover.wait()


class Environment(SystemTest):
    def test_only_what_is_granted(self):
        env = {**os.environ, "COLOUR": "grün", "OTHER": "1"}
        done = atoll("run", "-g", "env=COLOUR", "-g", "env=UNSET", "-c", "import os; print(dict(os.environ))", env=env)
        self.assertEqual(done.stdout, "{'COLOUR': 'grün'}\n")
        self.assertEqual(atoll("run", "-c", "import os; print(dict(os.environ))", env=env).stdout, "{}\n")


class Temporary(Granted):
    def test_the_first_directory_to_write_is_for_temporary_files(self):
        code = "import os, tempfile; print(os.environ.get('TMPDIR'), tempfile.gettempdir())"
        self.assertRuns(code, f"{self.write} {self.write}\n")
        os.environ["TMPDIR"] = str(self.write / "sub")
        self.addCleanup(os.environ.pop, "TMPDIR")
        (self.write / "sub").mkdir()
        (self.write / "sub").chmod(0o777)
        self.assertRuns(code, f"{self.write}/sub {self.write}/sub\n", "--grant", "env=TMPDIR")
        self.assertRuns("print(os.environ.get('TMPDIR'))", "None\n", granted=["-g", f"read={self.read}"])


class Options(Granted):
    def test_bad_grants(self):
        for text, complaint in (("reed=/tmp", "--grant wants read=DIR, write=DIR or env=NAME, not 'reed=/tmp'"), ("read=", "--grant wants"),
                                ("read=/nowhere", "cannot grant read=/nowhere: No such file or directory"),
                                (f"read={self.read}/a.txt", "Not a directory"), ("env=A=B", "--grant wants")):
            done = atoll("run", "--grant", text, "-c", "1")
            self.assertEqual((done.returncode, complaint in done.stderr), (2, True), done.stderr)

    def test_a_directory_that_the_worker_may_not_use(self):
        self.secret.chmod(0o700)
        if ROOT_USER:
            done = atoll("run", "-g", f"write={self.secret}", "-c", "1")
            self.assertEqual((done.returncode, f"cannot grant write={self.secret} to the worker's user (nobody): Permission denied" in done.stderr),
                             (125, True), done.stderr)
            with_path = atoll("run", "-g", f"read={self.read}", "-c", "1")
            self.assertEqual(with_path.returncode, 0)

    def test_a_config_file_grants(self):
        config = self.base / "config"
        config.write_text(f"grant = read={self.read}\ngrant = env=COLOUR\n")
        done = atoll("run", "--config", config, "-c", f"import os; print(os.listdir({str(self.read)!r}) != [], os.environ['COLOUR'])",
                     env={**os.environ, "COLOUR": "red"})
        self.assertEqual(done.stdout, "True red\n", done.stderr)


class Jobs(Granted):
    """A job has its pool's grants, or a part of them."""

    def submit(self, pool, code, *options):
        return pool.atoll("submit", *options, "-c", code)

    def test_a_part_of_the_pools_grants(self):
        reads = f"import os\ndef can(f, *a):\n    try: f(*a); return True\n    except OSError: return False\n" \
                f"print(can(open, '{self.read}/a.txt'), can(open, '{self.read}/sub/b.txt'), can(open, '{self.write}/w', 'w'), os.environ.get('COLOUR'))"
        os.environ["COLOUR"] = "red"
        self.addCleanup(os.environ.pop, "COLOUR")
        with Pool(1, *self.options(), "--grant", "env=COLOUR") as pool:
            for asked, expected in (((), "True True True red"), (("none",), "False False False None"), ((f"read={self.read}",), "True True False None"),
                                    ((f"read={self.read}/sub",), "False True False None"), ((f"write={self.write}",), "False False True None"),
                                    ((f"read={self.write}", "env=COLOUR"), "False False False red"), ((), "True True True red")):
                done = self.submit(pool, reads, *(word for text in asked for word in ("--grant", text)))
                self.assertEqual(done.stdout, expected + "\n", (asked, done.stderr))

    def test_no_more_than_the_pool_has(self):
        with Pool(1, *self.options()) as pool:
            for text in (f"read={self.secret}", f"write={self.read}", "env=HOME", f"read={self.base}"):
                done = self.submit(pool, "1", "--grant", text)
                self.assertEqual((done.returncode, f"the pool grants no {text}" in done.stderr), (1, True), done.stderr)
            with pool.client() as client:
                for text in (f"read={self.read}/../secret", "read=", "rea", f"read={self.read}/sub/.."):
                    with self.assertRaises(RpcError, msg=text):
                        client.run(source="1", grants=[text])
        with Pool(1) as pool:
            done = self.submit(pool, "1", "--grant", f"read={self.read}")
            self.assertEqual((done.returncode, f"the pool grants no read={self.read}" in done.stderr), (1, True), done.stderr)

    def test_a_part_that_leads_out_or_is_not_there(self):
        (self.read / "out").symlink_to(self.secret)
        with Pool(1, *self.options()) as pool, pool.client() as client:
            for name in ("out", "none"):
                outcome = client.run(source="1", grants=[f"read={self.read}/{name}"])[0]
                self.assertEqual((outcome["verdict"], "cannot grant read=" in outcome["detail"]), ("rejected", True), outcome)
            self.assertEqual(client.run(source="1")[0]["verdict"], "ok")

    def test_map_and_prompt_have_grants(self):
        program = self.secret / "area.py"  # what stands beside a program is its own, granted or not
        program.write_text(f"def first(n):\n    try: return open({str(self.read) + '/a.txt'!r}).read(n)\n    except OSError as e: return e.errno\n")
        prompt = f"print(len(open({str(self.read) + '/a.txt'!r}).read()))\n"
        with Pool(1, *self.options()) as pool:
            for where, asked in (((), self.options()), (("-s", pool.socket), ()), (("-s", pool.socket), ("-g", f"read={self.read}"))):
                self.assertEqual(atoll("map", *where, *asked, f"{program}:first", stdin="2\n3\n").stdout, '"al"\n"alp"\n')
                self.assertEqual(atoll("repl", *where, *asked, stdin=prompt).stdout, "11\n")
            self.assertEqual(pool.atoll("map", "-g", "none", f"{program}:first", stdin="2\n").stdout, "1\n")
            self.assertIn("the pool grants no", pool.atoll("repl", "-g", f"write={self.read}", stdin="1\n").stderr)

    def test_every_depth_of_isolation_has_grants(self):
        with Pool(1, *self.options()) as pool:
            for options in (("--isolation", "fresh"), ("--isolation", "process"), ("--session", "s")):
                done = self.submit(pool, f"len(open('{self.read}/a.txt').read())", *options)
                self.assertEqual(done.stdout, "11\n", (options, done.stderr))
            kept = self.submit(pool, f"f = open('{self.read}/a.txt'); f.readline()", "--session", "s")
            self.assertEqual(kept.stdout, "'alpha\\n'\n", kept.stderr)
            self.submit(pool, "1")
            self.assertEqual(self.submit(pool, "f.readline()", "--session", "s").stdout, "'beta\\n'\n")

    def test_status_tells_the_grants(self):
        with Pool(1, *self.options()) as pool:
            self.assertEqual(pool.status()["grants"], [f"read={self.read}", f"write={self.write}"])
            self.assertIn(f"grants: read={self.read}, write={self.write}\n", pool.atoll("status").stdout)


class Confinement(Granted):
    def rows(self, done):
        return dict(re.findall(r"(?m)^([a-z-]+) +(active|degraded|unavailable|off) ", done.stdout))

    def server_of(self, pid):
        def is_child(entry):
            try:
                return re.search(rf"(?m)^PPid:\t{pid}$", (entry / "status").read_text())
            except OSError:  # it has ended meanwhile
                return False
        return next((int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit() and is_child(entry)), None)

    def test_check_shows_the_grants(self):
        done = atoll("check", *self.options())
        self.assertIn(f"\nGRANTED\nread={self.read}\nwrite={self.write}\n", done.stdout)
        self.assertEqual(self.rows(done)["grants"], "off" if SANITIZED else "active")
        self.assertEqual(self.rows(atoll("check"))["grants"], "off")

    @unittest.skipIf(SANITIZED, "a sanitizer's runtime needs what the lockdown forbids")
    def test_nothing_of_an_attack_works_beside_grants(self):
        done = atoll("check", "--attack", *self.options(), timeout=120)
        self.assertEqual(done.returncode, 0, done.stdout)
        self.assertRegex(done.stdout, r"(?m)^ask the files server for a name outside +refused")

    @unittest.skipIf(SANITIZED or not ROOT_USER, "only root sees all of another process's /proc")
    def test_the_files_server_is_confined(self):
        for options, filter_mode in (((), "2"), (("--without", "grants"), "0")):
            with Pool(1, *self.options(), *options) as pool:
                self.assertEqual(pool.atoll("submit", "-c", "1").returncode, 0)
                server = self.server_of(pool.pids()[0])
                self.assertRegex(Path(f"/proc/{server}/status").read_text(), rf"(?m)^Seccomp:\t{filter_mode}$")
                self.assertEqual(os.stat(f"/proc/{server}/io").st_uid, 0)

    @unittest.skipUnless(ROOT_USER, "only root sees all of another process's /proc")
    def test_the_files_server_goes_with_its_worker(self):
        with Pool(1, *self.options()) as pool:
            self.assertEqual(pool.atoll("submit", "-c", "1").returncode, 0)
            worker = pool.pids()[0]
            server = self.server_of(worker)
            os.kill(worker, signal.SIGKILL)
            wait_for(lambda: not os.path.exists(f"/proc/{server}"), 5, "the server's end")
            wait_for(lambda: pool.atoll("submit", "-c", f"open({str(self.read) + '/a.txt'!r}).read()").returncode == 0, 10, "a new worker")

    @unittest.skipUnless(ROOT_USER, "only root signals a process of nobody's")
    def test_a_files_server_that_dies_is_an_error_of_the_call(self):
        with Pool(1, *self.options()) as pool:
            self.assertEqual(pool.atoll("submit", "-c", "1").returncode, 0)
            os.kill(self.server_of(pool.pids()[0]), signal.SIGKILL)
            done = pool.atoll("submit", "-c", f"open({str(self.read) + '/a.txt'!r})")
            self.assertIn("OSError: [Errno 5] Input/output error", done.stderr)

    @unittest.skipUnless(ROOT_USER, "only root becomes somebody else")
    def test_as_an_ordinary_user(self):
        for path in (self.write, self.read, self.base):
            os.chown(path, 65534, 65534)
        (self.write).chmod(0o755)
        for name in ("atoll", "atoll-worker"):  # the build tree may be closed to others
            shutil.copy(BUILD / "bin" / name, self.base)
        done = subprocess.run(["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", self.base / "atoll", "run", *self.options(), "-c",
                               f"print(open('{self.read}/a.txt').read(5)); open('{self.write}/u', 'w').write('u')\n"
                               f"try: open('{self.secret}/key')\nexcept OSError as e: print(e.errno)"],
                              capture_output=True, text=True, timeout=30, cwd="/")
        self.assertEqual((done.stdout, done.stderr), ("alpha\n1\n", ""))
        self.assertEqual((self.write / "u").stat().st_uid, 65534)


if __name__ == "__main__":
    unittest.main()
