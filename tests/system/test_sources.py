"""Programs of several files: what stands beside a program, directories, archives, bundles; and who may not be read."""
import json
import os
import socket
import subprocess
import tempfile
import time
import zipfile
from pathlib import Path

from support import ATOLL, ROOT, SLOW, Pool, RpcError, SystemTest, atoll

PYTHON = "/usr/bin/python3.11"


class Tree:
    """A folder of files, for a `with` statement; in memory where there will be very many."""

    def __init__(self, many=False):
        self.place = "/dev/shm" if many and os.access("/dev/shm", os.W_OK) else None

    def __enter__(self):
        self.holder = tempfile.TemporaryDirectory(dir=self.place)
        self.path = Path(os.path.realpath(self.holder.name)) / "root"
        self.path.mkdir()
        return self

    def __exit__(self, *error):
        self.holder.cleanup()

    def put(self, name, content=""):
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(path)


def run(*args, **kwargs):
    return atoll("run", *args, **kwargs)


class Sources(SystemTest):
    def assertAsPython(self, *args, cwd=None, options=()):
        done = subprocess.run([ATOLL, "run", *options, *args], capture_output=True, timeout=30 * SLOW, cwd=cwd)
        wanted = subprocess.run([PYTHON, "-B", *args], capture_output=True, timeout=30, cwd=cwd)
        self.assertEqual((done.stdout.decode(), done.stderr.decode(), done.returncode),
                         (wanted.stdout.decode(), wanted.stderr.decode(), wanted.returncode))


class Beside(Sources):
    def test_modules_and_packages(self):
        with Tree() as tree:
            tree.put("helper.py", "import pkg.sub.deep\nname = __name__, __file__\n")
            tree.put("pkg/__init__.py", "from . import late\n")
            tree.put("pkg/late.py", "value = 7\n")
            tree.put("pkg/sub/__init__.py")
            tree.put("pkg/sub/deep.py", "from ..late import value\n")
            tree.put("space/inner.py", "here = list(__import__('space').__path__)\n")
            main = tree.put("main.py", "import sys, helper, pkg, space.inner\nprint(sys.path[0], helper.name, pkg.sub.deep.value)\n"
                            "print(pkg.__path__, pkg.__spec__.origin, pkg.late.__package__, space.inner.here)\n")
            self.assertAsPython(main)
            self.assertAsPython("main.py", cwd=tree.path)
            self.assertAsPython("root/main.py", cwd=tree.path.parent)

    def test_tracebacks_show_lines_of_modules(self):
        with Tree() as tree:
            tree.put("helper.py", "def f(x):\n    return 1 / x\n")
            self.assertAsPython(tree.put("main.py", "import helper\nhelper.f(0)\n"))
            tree.put("broken.py", "x = (\n")
            self.assertAsPython(tree.put("main2.py", "import broken\n"))
            self.assertAsPython(tree.put("main3.py", "import helper.nothing\n"))

    def test_tracebacks_show_lines_of_the_library(self):
        with Tree() as tree:
            self.assertAsPython(tree.put("main.py", "import json, warnings\nwarnings.warn_explicit('old', UserWarning, json.__file__, 3)\n"
                                         "json.loads('[1, {]')\n"))

    def test_sources_of_the_library_without_a_grant(self):
        with Tree() as tree:
            self.assertAsPython(tree.put(
                "main.py", "import copy, inspect, json, linecache, os, threading\n"
                "print(linecache.getline(threading.__file__, 1), inspect.getsource(copy.copy))\n"
                "print(open(json.__file__).read() == json.__loader__.get_source('json') == inspect.getsource(json))\n"
                "print(os.path.isfile(os.__file__), os.stat(copy.__file__).st_size)\n"))
            done = run(tree.put("refused.py", "import copy\nfor path in copy.__file__, copy.__file__ + 'c':\n"
                                "    try: open(path, 'a')\n    except OSError as e: print(e)\n"))
            self.assertEqual(done.stdout, "[Errno 30] Read-only file system: '/usr/lib/python3.11/copy.py'\n"
                             "[Errno 1] Operation not permitted: '/usr/lib/python3.11/copy.pyc'\n")

    def test_modules_found_by_computed_names(self):
        with Tree() as tree:
            tree.put("plugins/a.py", "name = 'plugin a'\n")
            self.assertAsPython(tree.put("main.py", "import importlib\nprint(importlib.import_module('plug' + 'ins.' + 'a').name)\n"))

    def test_own_modules_come_before_the_library(self):
        with Tree() as tree:
            tree.put("random.py", "own = True\n")
            tree.put("os.py", "raise SystemExit('CPython has os already')\n")
            self.assertAsPython(tree.put("main.py", "import random, os\nprint(random.own, os.sep)\n"))
            self.assertAsPython(tree.put("main2.py", "import importlib.util, runpy\nprint(importlib.util.find_spec('random').origin)\n"
                                         "print(importlib.import_module('random').__file__, runpy.run_module('random')['own'])\n"))

    def test_the_program_may_be_a_link(self):
        with Tree() as tree:
            tree.put("real/helper.py", "x = 1\n")
            tree.put("real/main.py", "import sys, helper\nprint(sys.path[0], __file__, helper.__file__)\n")
            os.symlink("real/main.py", tree.path / "link.py")
            os.symlink("real", tree.path / "other")
            self.assertAsPython("link.py", cwd=tree.path)
            self.assertAsPython("other/main.py", cwd=tree.path)

    def test_data_of_packages(self):
        with Tree() as tree:
            tree.put("pkg/__init__.py")
            tree.put("pkg/data/words.txt", "wörds\n")
            tree.put("secret.txt", "not in a package")
            main = tree.put("main.py", "import importlib.resources, pkgutil, pkg, os, pathlib\n"
                            "print(pkgutil.get_data('pkg', 'data/words.txt'))\n"
                            "print(sorted(p.name for p in importlib.resources.files('pkg').iterdir() if p.name[0] != '_'))\n"
                            "print(importlib.resources.files('pkg').joinpath('data', 'words.txt').read_text())\n"
                            "with open(os.path.join(os.path.dirname(pkg.__file__), 'data', 'words.txt'), encoding='utf-8') as f: print(f.readlines())\n"
                            "print([m.name for m in pkgutil.iter_modules(pkg.__path__)], pathlib.Path(pkg.__file__).is_file())\n")
            self.assertAsPython(main)
            done = run(tree.put("main2.py", "open('/'.join(__file__.split('/')[:-1] + ['secret.txt']))\n"))
            self.assertIn("FileNotFoundError", done.stderr)
            done = run(tree.put("main3.py", "import pkg\nopen(pkg.__file__, 'w')\n"))
            self.assertIn("OSError: [Errno 30] Read-only file system", done.stderr)

    def test_alone(self):
        with Tree() as tree:
            tree.put("helper.py")
            done = run("-P", tree.put("main.py", "import helper\n"))
            self.assertIn("No module named 'helper'", done.stderr)

    def test_code_and_stdin_have_nothing_beside_them(self):
        with Tree() as tree:
            tree.put("helper.py")
            for args in (("-c", "import helper"), ("-",)):
                done = subprocess.run([ATOLL, "run", *args], input=b"import helper", capture_output=True, cwd=tree.path)
                self.assertIn(b"No module named 'helper'", done.stderr)


class Whole(Sources):
    PROGRAM = "import sys, pkg.m\nprint(sys.argv, sys.path[0], __file__, __name__, repr(__package__), __spec__.name, pkg.m.x, pkg.m.__file__)\n"

    def program(self, tree):
        tree.put("app/__main__.py", self.PROGRAM)
        tree.put("app/pkg/__init__.py")
        tree.put("app/pkg/m.py", "from .n import x\n")
        tree.put("app/pkg/n.py", "x = 5\n")
        tree.put("app/data.txt", "data beside main")

    def archive(self, tree, method=zipfile.ZIP_STORED):
        path = tree.path / "app.pyz"
        with zipfile.ZipFile(path, "w", method) as archive:
            for file in sorted((tree.path / "app").rglob("*.*")):
                archive.write(file, file.relative_to(tree.path / "app"))
        return path

    def test_a_directory(self):
        with Tree() as tree:
            self.program(tree)
            self.assertAsPython("app", "x", "-y", cwd=tree.path)
            tree.put("app/__main__.py", "import pkg.m\nprint(open(__file__[:-11] + 'data.txt').read())\n1 / 0\n")
            self.assertAsPython(str(tree.path / "app"))

    def test_a_directory_without_main(self):
        with Tree() as tree:
            done = run(tree.path)
            self.assertEqual((done.stderr, done.returncode), (f"atoll run: can't find '__main__' module in '{tree.path}'\n", 1))

    def test_an_archive(self):
        with Tree() as tree:
            self.program(tree)
            self.archive(tree)
            self.assertAsPython("app.pyz", "x", cwd=tree.path)
            tree.put("app/pkg/m.py", "1 / 0\n")
            self.archive(tree)
            self.assertAsPython("app.pyz", cwd=tree.path)

    def test_a_compressed_archive(self):
        with Tree() as tree:
            self.program(tree)
            self.archive(tree, zipfile.ZIP_DEFLATED)
            self.assertAsPython("app.pyz", "x", cwd=tree.path)
            tree.put("app/__main__.py", "import importlib.resources, pkgutil\nprint(importlib.resources.files('pkg').joinpath('d.txt').read_text())\n"
                     "print(pkgutil.get_data('pkg', 'd.txt'), [m.name for m in pkgutil.iter_modules()if m.name == 'pkg'])\n")
            tree.put("app/pkg/d.txt", "data " * 1000)
            self.archive(tree, zipfile.ZIP_DEFLATED)
            self.assertAsPython("app.pyz", cwd=tree.path)

    def test_an_archive_behind_a_first_line(self):
        with Tree() as tree:
            self.program(tree)
            data = self.archive(tree).read_bytes()
            tree.put("tool", b"#!/usr/bin/env python3\n" + data)
            self.assertAsPython("tool", cwd=tree.path)

    def test_a_module(self):
        with Tree() as tree:
            self.program(tree)
            self.assertAsPython("-m", "pkg.m", "a", cwd=tree.path / "app")
            self.assertAsPython("-m", "this", cwd=tree.path)
            tree.put("p/__init__.py")
            tree.put("p/__main__.py", "import sys\nfrom . import __name__ as n\nprint(n, sys.argv, __package__)\n")
            self.assertAsPython("-m", "p", "1", cwd=tree.path)
            done = subprocess.run([ATOLL, "run", "-m", "nothing"], capture_output=True, cwd=tree.path)
            self.assertIn(b"No module named nothing", done.stderr)
            self.assertEqual(done.returncode, 1)


class OverASocket(Sources):
    def test_submit(self):
        with Tree() as tree, Pool(2) as pool:
            tree.put("helper.py", "def f(x):\n    return x * 2\n")
            main = tree.put("main.py", "import helper\nprint(helper.f(4))\n")
            self.assertRan(pool.atoll("submit", main), "8\n")
            tree.put("app/__main__.py", "import m\nprint(m.x)\n")
            tree.put("app/m.py", "x = 'in a directory'\n")
            self.assertRan(pool.atoll("submit", tree.path / "app"), "in a directory\n")
            call = tree.put("call.py", "import helper\ndef g(x):\n    import late\n    return helper.f(x) + late.y\n")
            tree.put("late.py", "y = 1\n")
            self.assertRan(pool.atoll("submit", "--call", call + ":g", "--args", "[4]"), "9\n")
            self.assertRan(pool.atoll("map", call + ":g", stdin="1\n2\n3\n"), "3\n5\n7\n")
            self.assertRan(atoll("map", call + ":g", stdin="1\n2\n3\n"), "3\n5\n7\n")

    def test_detached_jobs_take_their_modules_with_them(self):
        with Tree() as tree, Pool(1) as pool:
            tree.put("helper.py", "import pkg.sub\n")
            tree.put("pkg/__init__.py")
            tree.put("pkg/sub.py", "import importlib\nx = importlib.import_module('pkg.' + 'found').x\n")
            tree.put("pkg/found.py", "x = 3\n")
            tree.put("unused.py", b"#" * (40 << 20))
            main = tree.put("main.py", "if True: import helper\nimport pkg.sub as s\ns.x\n")
            job = int(pool.atoll("submit", "--detach", main).stdout)
            with pool.client() as client:
                client.call("attach", job=job)
                self.assertEqual(client.outcome(job)[0]["verdict"], "ok")

    def test_a_bundle_that_is_too_large(self):
        with Tree() as tree, Pool(1) as pool:
            tree.put("helper.py", b"#" * (17 << 20))
            done = pool.atoll("submit", "--detach", tree.put("main.py", "import helper\n"))
            self.assertEqual(done.returncode, 1)
            self.assertIn("more than 10000 files or 16M", done.stderr)

    def test_a_bundle_of_a_third_party(self):
        with Pool(1) as pool, pool.client() as client:
            files = {"a.py": b"from p import b", "p/__init__.py": b"", "p/b.py": b"import pkgutil\nx = pkgutil.get_data('p', 'd.txt')", "p/d.txt": b"data",
                     "p-q.py": b"", "p/sub/c.py": b""}
            code = "import a, os, sys, p.sub.c\n(a.b.x, sorted(os.listdir('/job')), sorted(os.listdir('/job/p')), a.__file__, sys.path[0], os.path.isdir('/job/p/sub'))"
            outcome, _, _ = client.run(source=code, sources={"root": "/job", "files": files}, value_as="repr")
            self.assertEqual(outcome.get("value_repr"), "(b'data', ['a.py', 'p', 'p-q.py'], ['__init__.py', 'b.py', 'd.txt', 'sub'], '/job/a.py', '/job', True)", outcome)
            outcome, _, _ = client.run(module="a", sources={"root": "/job", "files": files})
            self.assertEqual(outcome["verdict"], "ok")

    def test_files_sent_on_demand_by_a_third_party(self):
        with Pool(1) as pool, pool.client() as client:
            job = client.submit(source="import m\nm.x", sources={"root": "/job", "on_demand": True}, value_as="repr")
            asked = []
            while True:
                name, record = client.event()
                if name == "file_request":
                    asked.append((record.get("path", ""), record.get("list", False)))
                    answer = {"kind": "directory", "entries": [{"name": "m.py"}]} if record.get("list") else {"kind": "plain", "data": b"x = 6"}
                    client.send([2, "file", {"job": job, **answer}])
                if name == "outcome":
                    break
            self.assertEqual((record["value_repr"], asked), ("6", [("", True), ("m.py", False)]))

    def test_a_client_that_leaves_a_job_that_asks(self):
        with Pool(1) as pool:
            with pool.client() as client:
                job = client.submit(source="try:\n    import m\nexcept OSError as e:\n    r = str(e)\nr", value_as="repr", on_disconnect="keep",
                                    sources={"root": "/job", "on_demand": True})
                while client.event()[0] != "file_request":
                    pass
            with pool.client() as client:
                client.call("attach", job=job)
                self.assertIn("is gone", client.outcome(job)[0]["value_repr"])


    def test_sessions_end_when_asked(self):
        with Pool(1) as pool, pool.client() as client:
            client.run(source="x = 1", session="s")
            self.assertEqual(client.run(source="x", session="s", value_as="repr")[0]["value_repr"], "1")
            job = client.submit(source="import time; time.sleep(0.5)", session="s")
            with self.assertRaises(RpcError) as caught:
                client.call("end_session", session="s")
            self.assertEqual(caught.exception.name, "conflict")
            client.outcome(job)
            self.assertEqual(client.call("end_session", session="s"), {"found": True})
            self.assertEqual(client.call("end_session", session="s"), {})
            self.assertEqual(client.run(source="x", session="s")[0]["error"]["type"], "NameError")

WHILE_WAITING = """
import threading, time
done, beats = False, 0
def beat():
    global beats
    while not done:
        time.sleep(0.005)
        beats += 1
beating = threading.Thread(target=beat)
beating.start()
import slow
done = True
beating.join()
beats
"""
MANY_READERS = """
import threading
read = {}
def reader(n):
    for i in range(5):
        with open(f"/job/{n}{i}.txt") as f: read[n, i] = f.read()
readers = [threading.Thread(target=reader, args=(n,)) for n in range(8)]
for thread in readers: thread.start()
for thread in readers: thread.join()
all(text == f"text {n}{i}" for (n, i), text in read.items()), len(read)
"""
LEFT_WAITING = """
import atexit, threading, time
def late():
    import fast
    print("fast is", fast.x)
atexit.register(late)
threading.Thread(target=lambda: __import__("slow"), daemon=True).start()
time.sleep(0.2)
"""


class ThreadsAndFiles(Sources):
    """The other threads of a job while one waits for a file of the client's."""

    def run_answering(self, source, files, delay):
        """The outcome and the output. Each answer comes after its delay, and no other request before it."""
        output = b""
        with Pool(1) as pool, pool.client() as client:
            job = client.submit(source=source, sources={"root": "/job", "on_demand": True}, value_as="repr", want_output=True)
            entries = [{"name": name, "size": len(data)} for name, data in files.items()]
            while True:
                name, record = client.event()
                if name == "output":
                    output += record["data"]
                if name == "outcome":
                    return record, output.decode()
                if name == "file_request":
                    time.sleep(delay(record.get("path", "")))
                    listing = record.get("list")
                    answer = {"kind": "directory", "entries": entries} if listing else {"kind": "plain", "data": files[record["path"]]}
                    client.send([2, "file", {"job": job, **answer}])

    def test_others_run_while_one_waits(self):
        outcome, _ = self.run_answering(WHILE_WAITING, {"slow.py": b""}, lambda path: 0.5 if path else 0)
        self.assertGreater(int(outcome["value_repr"]), 20)

    def test_many_ask(self):
        files = {f"{n}{i}.txt": f"text {n}{i}".encode() for n in range(8) for i in range(5)}
        outcome, _ = self.run_answering(MANY_READERS, files, lambda path: 0.003)
        self.assertEqual(outcome["value_repr"], "(True, 40)")

    def test_one_that_still_waits_at_the_end(self):
        files = {"slow.py": b"", "fast.py": b"x = 1"}
        outcome, output = self.run_answering(LEFT_WAITING, files, lambda path: 1 if path == "slow.py" else 0)
        self.assertEqual((outcome["verdict"], output), ("ok", "fast is 1\n"))


class Hostile(Sources):
    def reads(self, tree, expression, *options):
        done = run(*options, tree.put("main.py", f"try:\n    print({expression})\nexcept (OSError, ImportError) as e:\n    print(type(e).__name__)\n"))
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout.strip()

    def test_links_out_of_the_root(self):
        with Tree() as tree:
            (tree.path.parent / "outside.py").write_text("x = 'outside'")
            os.symlink("../outside.py", tree.path / "link.py")
            os.symlink(tree.path.parent / "outside.py", tree.path / "absolute.py")
            os.symlink("/etc", tree.path / "etc")
            tree.put("pkg/__init__.py")
            os.symlink("/etc/passwd", tree.path / "pkg" / "passwd")
            os.symlink("../inside.py", tree.path / "pkg" / "inside.py")
            tree.put("inside.py", "x = 'inside'")
            for name in ("link", "absolute", "etc.passwd"):
                self.assertEqual(self.reads(tree, f"__import__('{name}')"), "ModuleNotFoundError")
            self.assertEqual(self.reads(tree, "__import__('pkg.inside').inside.x"), "inside")
            here = "__file__[:-8]"
            for path in ("/pkg/passwd", "/etc/passwd", "/../outside.py", "/pkg/../../outside.py", "/././/..//outside.py"):
                self.assertIn(self.reads(tree, f"open({here} + '{path}').read()"), ("FileNotFoundError", "PermissionError"))

    def test_what_is_no_module(self):
        with Tree() as tree:
            os.mkfifo(tree.path / "fifo.py")
            tree.put(".hidden/__init__.py", "x = 1")
            tree.put("pkg/__init__.py")
            tree.put("pkg/.env", "secret")
            tree.put("key.pem", "secret")
            tree.put("__pycache__/evil.py")
            os.mkdir(tree.path / "dir.py")
            for name in ("fifo", "dir"):
                self.assertEqual(self.reads(tree, f"__import__('{name}')"), "ModuleNotFoundError")
            for path in ("/.hidden/__init__.py", "/pkg/.env", "/key.pem", "/__pycache__/evil.py"):
                self.assertEqual(self.reads(tree, f"open(__file__[:-8] + '{path}').read()"), "FileNotFoundError")
            with socket.socket(socket.AF_UNIX) as listener:
                listener.bind(str(tree.path / "sock.py"))
                self.assertEqual(self.reads(tree, "__import__('sock')"), "ModuleNotFoundError")

    def test_a_huge_file(self):
        with Tree() as tree:
            with open(tree.path / "huge.py", "wb") as file:
                file.truncate(10 << 30)
            done = run(tree.put("main.py", "import huge\n"))
            self.assertEqual(done.returncode, 1)
            self.assertIn("OSError: [Errno 5] the file is larger than 32M: ", done.stderr)
            with open(tree.path / "huge.pyz", "wb") as file:
                file.truncate(10 << 30)
                file.seek(0, os.SEEK_END)
                file.write(b"PK\5\6" + bytes(18))
            done = run(tree.path / "huge.pyz")
            self.assertEqual(done.returncode, 1)
            self.assertIn("larger than 32M", done.stderr)

    def test_a_directory_with_much_in_it(self):
        with Tree() as tree:
            for i in range(3000):
                tree.put(f"data/{i}.bin", "x")
            with open(tree.path / "large.bin", "wb") as file:
                file.truncate(10 << 30)
            started = time.monotonic()
            self.assertRan(run(tree.put("main.py", "import json\nprint('quick')\n")), "quick\n")
            self.assertLess(time.monotonic() - started, 5 * SLOW)

    def test_a_directory_of_very_many_names(self):
        with Tree(many=True) as tree:
            for i in range(20100):
                os.mkdir(tree.path / f"d{i}")
            tree.put("helper.py", "import os\nx = os.stat(__file__).st_size, os.path.exists(os.path.dirname(__file__) + '/nothing')\n")
            tree.put("pkg/m.py", "y = 2\n")
            main = tree.put("main.py", "import helper, pkg.m, json\nprint(helper.x, pkg.m.y)\n"
                            "try:\n    import absent\nexcept ImportError as e: print(e)\nimport os\n"
                            "try:\n    os.listdir(os.path.dirname(helper.__file__))\nexcept OSError as e: print(type(e).__name__)\n")
            self.assertRan(run(main), f"({len(Path(tree.path, 'helper.py').read_text())}, False) 2\nNo module named 'absent'\nOSError\n")

    def test_asking_for_many_absent_names(self):
        with Tree() as tree:
            main = tree.put("main.py", "import importlib.util\n"
                            "for i in range(100000):\n    try:\n        __import__(f'absent{i}')\n    except ImportError:\n        pass\nprint('done')\n")
            started = time.monotonic()
            self.assertRan(run(main, timeout=60), "done\n")
            self.assertLess(time.monotonic() - started, 20 * SLOW)

    def test_an_import_is_interrupted_and_the_next_one_works(self):
        with Pool(1) as pool, pool.client() as client:
            code = "try:\n    import slow\nexcept KeyboardInterrupt:\n    import fast\nfast.x"
            job = client.submit(source=code, sources={"root": "/job", "on_demand": True}, value_as="repr")
            listing = {"kind": "directory", "entries": [{"name": "slow.py"}, {"name": "fast.py"}]}
            while True:
                name, record = client.event()
                if name == "outcome":
                    break
                if name != "file_request":
                    continue
                if record.get("path") == "slow.py":
                    client.call("interrupt", job=job)
                    time.sleep(0.2)
                data = b"x = 'the slow one'" if record.get("path") == "slow.py" else b"x = 'the fast one'"
                answer = listing if record.get("list") else {"kind": "plain", "data": data}
                client.send([2, "file", {"job": job, **answer}])
            self.assertEqual(record["value_repr"], "'the fast one'")

    def test_wrong_bundles(self):
        with Pool(1) as pool, pool.client() as client:
            for path in ("../x.py", "/x.py", "a//b.py", "a/../b.py", "./a.py", "", "a/", "a\0b", ".."):
                with self.subTest(path=path), self.assertRaises(RpcError) as caught:
                    client.submit(source="1", sources={"root": "/job", "files": {path: b""}})
                self.assertEqual(caught.exception.name, "bad-value")
            for sources, name in (({"files": {"a": b""}}, "missing-field"), ({"root": "job", "files": {}}, "bad-value"), ({"root": "/job"}, "bad-value"),
                                  ({"root": "/job", "files": [1]}, "wrong-type"), ({"root": "/job", "files": {"a": 1}}, "wrong-type"),
                                  ({"root": "/job", "files": {}, "on_demand": True}, "bad-value")):
                with self.subTest(sources=sources), self.assertRaises(RpcError) as caught:
                    client.submit(source="1", sources=sources)
                self.assertEqual(caught.exception.name, name)

    def test_wrong_answers(self):
        with Pool(1) as pool, pool.client() as client:
            for answer in ({"kind": "plain", "data": b"x"}, {"kind": "absent"}, {"kind": "refused", "detail": "no"}, {},
                           {"kind": "directory", "entries": [{"name": "../m.py"}, {"name": "m.py", "directory": True}]}):
                job = client.submit(source="import m", sources={"root": "/job", "on_demand": True})
                while True:
                    name, record = client.event()
                    if name == "file_request":
                        client.send([2, "file", {"job": job, **answer}])
                        client.send([2, "file", {"job": job, **answer}])
                    if name == "outcome":
                        break
                self.assertEqual(record["verdict"], "error")
            self.assertEqual(client.run(source="40 + 2", value_as="repr")[0]["value_repr"], "42")

    def test_a_bomb(self):
        with Tree() as tree:
            path = tree.path / "app.pyz"
            with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
                archive.writestr("__main__.py", "try:\n    import bomb\nexcept MemoryError:\n    print('too large')\n")
                with archive.open("bomb.py", "w", force_zip64=True) as file:
                    for _ in range(1024):
                        file.write(b" " * (1 << 20))
            self.assertLess(path.stat().st_size, 8 << 20)
            self.assertRan(run("--memory", "64M", path, timeout=60), "too large\n")

    def test_damaged_archives(self):
        with Tree() as tree:
            path = tree.path / "app.pyz"
            with zipfile.ZipFile(path, "w") as archive:
                archive.writestr("__main__.py", "print('whole')")
            data = path.read_bytes()
            for change in (data[:10] + b"\xff" * 20 + data[30:], data[:-22] + b"PK\5\6" + b"\xff" * 16 + b"\0\0", b"PK\5\6" + bytes(18)):
                path.write_bytes(change)
                done = run(path)
                self.assertEqual(done.returncode, 1, done.stderr)
