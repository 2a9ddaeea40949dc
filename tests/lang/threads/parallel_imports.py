"""Threads that import the same modules at the same time: one runs each, the others wait; circles across threads do not hang."""
import importlib.abc
import importlib.machinery
import sys
import threading
import time


class F(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(self, name, path, target=None):
        if name.startswith('slow'): return importlib.machinery.ModuleSpec(name, self)
    def create_module(self, spec): return None
    def exec_module(self, module):
        log.append('start ' + module.__name__)
        time.sleep(0.1); module.x = 1
        log.append('end ' + module.__name__)
log = []
sys.meta_path.insert(0, F())
def work():
    import slow1
    res.append(slow1.x)
res = []
ts = [threading.Thread(target=work) for _ in range(5)]
for t in ts: t.start()
for t in ts: t.join()
print(res, log)
def a():
    import slow2
    import slow3; r2.append((slow2.x, slow3.x))
def b():
    import slow3
    import slow2; r2.append((slow2.x, slow3.x))
r2 = []
ts = [threading.Thread(target=f) for f in (a, b, a, b)]
for t in ts: t.start()
for t in ts: t.join()
print(r2, sorted(log))


def library():
    import decimal
    import json.decoder
    import colorsys
    import email.message
    done.append((decimal.Decimal(3), json.decoder.JSONDecoder.__name__, colorsys.ONE_SIXTH > 0, email.message.Message.__name__))


done = []
sys.setswitchinterval(1e-5)
ts = [threading.Thread(target=library) for _ in range(8)]
for t in ts: t.start()
for t in ts: t.join()
print(len(done), set(done))


class Circle(F):
    def find_spec(self, name, path, target=None):
        if name in ("circle_a", "circle_b"):
            return importlib.machinery.ModuleSpec(name, self)

    def exec_module(self, module):
        time.sleep(0.05)
        other = "circle_b" if module.__name__ == "circle_a" else "circle_a"
        module.other = importlib.import_module(other)
        module.x = 1


sys.meta_path[0] = Circle()
got = []


def enter(name):
    try:
        got.append(importlib.import_module(name).__name__)
    except RuntimeError:  # a thread may be told of the deadlock instead
        got.append(name)


ts = [threading.Thread(target=enter, args=(n,)) for n in ("circle_a", "circle_b")]
for t in ts: t.start()
for t in ts: t.join()
print(sorted(got), sys.modules["circle_a"].x)


class Failing(F):
    def exec_module(self, module):
        time.sleep(0.05)
        raise ValueError("no")


sys.meta_path[0] = Failing()
errors = []


def fail():
    try:
        import slow_failing
    except ValueError as e:
        errors.append(str(e))


ts = [threading.Thread(target=fail) for _ in range(3)]
for t in ts: t.start()
for t in ts: t.join()
print(set(errors), "slow_failing" in sys.modules)
del sys.meta_path[0]
