"""The jobs of a storm: how each ends is known before.

A worker of the storm has the module _attack (raw system calls), so that a program can do to its own worker what no program of
an ordinary pool can: crash it, break the protocol, make a forbidden system call, end the process under its supervisor's eyes.
"""
import random
import signal

from support import SANITIZED

MEGABYTE = 1 << 20
UNMAP = "_attack.syscall(11, 4096, 0x7fffffffe000)"  # munmap, of everything
EXIT = "_attack.syscall(231, {})"  # exit_group
# A sanitizer's worker has no filter, which would forbid what the runtime needs: there the signal is the program's own doing.
FORBIDDEN = "_attack.syscall(234, _attack.syscall(39), _attack.syscall(186), 31)" if SANITIZED else "_attack.syscall(101, 0, 0, 0)"
GARBAGE = "_attack.syscall(1, 1, id(object), 64)"  # write, to the pipe of events: the inside of a type


class Cause:
    def __init__(self, name, weight, source, verdict, *, killed_by=None, **submit):
        self.name, self.weight, self.verdict = name, weight, verdict
        self.killed_by = killed_by  # a signal that the test sends when it has begun
        self.signal = submit.pop("signal", killed_by)
        self.submit = {"source": source, "value_as": "repr", "label": name, "events": "all" if killed_by else "outcome", **submit}


def exits(code, where):
    return f"import _attack\nclass A:\n    def __del__(self):\n        {EXIT.format(code)}\na = A()\n{where}"


CAUSES = [
    Cause("ok", 40, "sum(i * i for i in range({n}))", "ok"),
    Cause("ok in a process", 2, "'own ' + str({n})", "ok", isolation="process"),
    Cause("ok with garbage", 4, "for i in range(2000):\n    a = []; a.append(a)\n{n}", "ok"),
    Cause("error", 5, "raise ValueError({n})", "error"),
    Cause("exit code", 2, "raise SystemExit(3)", "error"),
    Cause("wall", 2, "while True: pass", "timeout-wall", limits={"wall_ms": 50}),
    Cause("wall, asleep", 1, "import time\ntime.sleep(3600)", "timeout-wall", limits={"wall_ms": 50}),
    Cause("cpu", 1, "while True: pass", "timeout-cpu", limits={"cpu_ms": 30}),
    Cause("fuel", 4, "while True: pass", "fuel", limits={"fuel": 100_000}),
    Cause("memory, soft", 4, "x = []\nwhile True: x.append(bytes(1 << 16))", "memory", limits={"heap_soft": 8 * MEGABYTE}),
    Cause("memory, hard", 4, "x = []\nwhile True: x.append(bytes(1 << 16))", "memory-hard", limits={"heap_hard": 8 * MEGABYTE}),
    Cause("memory, hard, caught", 1, "x = []\nwhile True:\n    try:\n        x.append(bytes(1 << 16))\n    except MemoryError:\n        pass",
          "memory-hard", limits={"heap_hard": 8 * MEGABYTE}),
    Cause("output", 4, "while True: print('x' * 100)", "output", limits={"output_bytes": 10_000}),
    Cause("recursion", 4, "def f(): f()\nf()", "recursion"),
    Cause("hang in a builtin", 1, "pow(3, 10 ** 9, 7 ** 200000)", "timeout-wall", limits={"wall_ms": 50}),
    Cause("SIGSEGV", 3, f"import _attack\n{UNMAP}", "signal", signal=signal.SIGSEGV),
    Cause("forbidden system call", 3, f"import _attack\n{FORBIDDEN}", "syscall", signal=signal.SIGSYS),
    Cause("garbage", 2, f"import _attack\n{GARBAGE}\nwhile True: pass", "protocol"),
    Cause("exit", 2, f"import _attack\n{EXIT.format(9)}", "lost"),
    Cause("exit in a finalizer", 2, exits(7, "del a\nwhile True: pass"), "lost"),
    Cause("SIGKILL", 4, "while True: pass", "signal", killed_by=signal.SIGKILL),
    Cause("SIGSEGV from outside", 1, "import time\ntime.sleep(3600)", "signal", killed_by=signal.SIGSEGV),
    Cause("SIGABRT from outside", 1, "while True: pass", "signal", killed_by=signal.SIGABRT),
]


class Job:
    """One of a storm: its cause, its number, and what came of it."""
    __slots__ = ("cause", "number", "id", "outcome", "delivery")

    def __init__(self, cause, number, delivery):
        self.cause, self.number, self.delivery = cause, number, delivery
        self.id = self.outcome = None

    def submit(self, **more):
        source = self.cause.submit["source"].replace("{n}", str(self.number % 500))
        return {**self.cause.submit, "source": source, "delivery": self.delivery, **more}

    def value(self):
        n = self.number % 500
        return {"ok": repr(sum(i * i for i in range(n))), "ok in a process": repr(f"own {n}"), "ok with garbage": repr(n)}.get(self.cause.name)

    def complaint(self, outcome, server_was_killed=False):
        """What is wrong with the outcome; None: nothing."""
        cause, verdict = self.cause, outcome["verdict"]
        if server_was_killed and verdict == "lost" and self.delivery == "at-most-once" and "the server was killed" in outcome.get("detail", ""):
            return None
        if verdict != cause.verdict:
            return f"{verdict} where {cause.verdict} is true ({outcome.get('detail')}, {outcome.get('error')})"
        if cause.signal and outcome.get("signal") != cause.signal:
            return f"signal {outcome.get('signal')} where {cause.signal} is true"
        if verdict == "ok" and outcome.get("value_repr") != self.value():
            return f"the value {outcome.get('value_repr')} where {self.value()} is true"
        if not server_was_killed and outcome.get("attempt", 1) != 1:
            return f"attempt {outcome['attempt']}"
        return None


def make_jobs(count, seed, self_made_only=False):
    """So many jobs, mixed by weight, each cause at least once."""
    choice = random.Random(seed)
    causes = [cause for cause in CAUSES if not (self_made_only and cause.killed_by)]
    if SANITIZED:  # which takes the signal for its own, where there is anything left to take it
        causes = [cause for cause in causes if cause.killed_by != signal.SIGSEGV]
    chosen = causes + choice.choices(causes, [cause.weight for cause in causes], k=max(0, count - len(causes)))
    choice.shuffle(chosen)
    return [Job(cause, number, choice.choice(["at-most-once", "at-least-once"])) for number, cause in enumerate(chosen[:count])]
