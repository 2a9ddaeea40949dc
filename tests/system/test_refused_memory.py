"""Programs of which each allocation in turn is refused: they end with a MemoryError, print what they always print, or handle it."""
import os
import re
import subprocess

from support import BUILD, SANITIZED, SLOW, SystemTest, refuse_report

PROGRAMS = {
    "classes": """
class Plain:
    x = 1
    def m(self): return super().__init__()
class Slots:
    __slots__ = ("a", "b", "__weakref__", "__dict__")
class Both(Slots, Plain): pass
class Dictionary(dict):
    @property
    def size(self): return len(self)
print(Plain().x, Dictionary().size)
""",
    "finalizers at the exit": """
class D:
    def __init__(self): self.me = self
    def __del__(self): print("gone")
d = D()
""",
    "a traceback that is looked at": """
def f(): raise TypeError("no")
try:
    f()
except TypeError as e:
    print(type(e.__traceback__.tb_next.tb_frame).__name__)
""",
    "pickle": """
import pickle, collections
print(pickle.loads(pickle.dumps([collections.OrderedDict, collections.OrderedDict(a=1), len])))
""",
    "callbacks of collections": """
import gc, sys
seen = []
sys.unraisablehook = lambda u: seen.append(u.exc_type)
gc.callbacks.append(lambda phase, info: seen.append(phase))
gc.collect()
gc.callbacks.clear()
print(len(seen))
""",
    "comparisons": """
class Own:
    __eq__ = property(lambda self: lambda other: True)
print(memoryview(b"ab") == b"ab", Own() == 3)
""",
    "finalizers of what the last error holds": """
import sys
class D:
    def __del__(self): print("gone")
def f():
    d = D()
    raise ValueError
try:
    f()
except ValueError as e:
    sys.last_value = e
""",
    "a hook that prints what is uncaught": """
import sys
sys.excepthook = lambda kind, value, traceback: print(kind.__name__)
print("begun")
""",
    "a codec's name in its error": """
try:
    b"x".decode("utf-8-sig", "nope")
except LookupError as e:
    print(e)
""",
    "bases that change": """
class A: pass
class B: pass
class C(A): pass
C.__bases__ = (B,)
print(A.__subclasses__(), B.__subclasses__())
""",
}
STEP = 7 if SANITIZED else 1


class RefusedMemory(SystemTest):
    def run_program(self, code, nth, repeat=1):
        env = {"ATOLL_TEST_FAIL": str(nth), "ATOLL_TEST_REPEAT": str(repeat), "ASAN_OPTIONS": os.environ.get("ASAN_OPTIONS", "")}
        done = subprocess.run([BUILD / "bin" / "atoll-worker", "--python", "-c", code], capture_output=True, text=True, timeout=30 * SLOW, env=env)
        refuse_report(done.stderr)
        return done

    def count(self, done):
        return int(re.findall("^allocations: ([0-9]+)$", done.stderr, re.M)[-1])

    def test_the_error_is_told(self):
        for name, code in PROGRAMS.items():
            whole = self.run_program(code, 1 << 60)
            self.assertEqual(whole.returncode, 0)
            for nth in range(1, self.count(whole) + 1, STEP * (1 + self.count(whole) // 250)):
                with self.subTest(name, nth=nth):
                    done = self.run_program(code, nth)
                    self.assertIn(done.returncode, (0, 1, 120), done.stderr)  # 120: what was printed could not be flushed
                    same = (done.returncode, done.stdout) == (0, whole.stdout)
                    self.assertTrue(same or "MemoryError" in done.stdout + done.stderr or re.search("^handlers met: [1-9]", done.stderr, re.M), done.stderr)

    def test_nothing_is_lost_by_it(self):
        for name, code in PROGRAMS.items():
            count = self.count(self.run_program(code, 1 << 60, 3))
            for nth in range(1, count + 1, STEP * (1 + count // 60)):
                with self.subTest(name, nth=nth):
                    done = self.run_program(code, nth, 7)
                    self.assertNotEqual(done.returncode, 99, done.stderr)

    def test_the_last_error_of_a_run_is_not_kept(self):
        code = "import gc\ndef f(x): raise ValueError\nany(f(x) for x in gc.get_objects())"  # its frame holds all that is alive
        done = self.run_program(code, 1 << 60, 7)
        self.assertEqual(done.returncode, 1, done.stderr)
