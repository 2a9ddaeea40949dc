"""What cProfile rests on: a profiler that counts and times calls, on top of sys.setprofile."""
import sys
from collections import namedtuple
from time import perf_counter

__all__ = ["Profiler", "profiler_entry", "profiler_subentry"]

profiler_entry = namedtuple("profiler_entry", "code callcount reccallcount totaltime inlinetime calls")
profiler_subentry = namedtuple("profiler_subentry", "code callcount reccallcount totaltime inlinetime")


class _Counts:
    """Of one function, or of one function as called by another."""
    __slots__ = ("calls", "recursive", "total", "inline", "depth", "callees")

    def __init__(self):
        self.calls = self.recursive = self.depth = 0
        self.total = self.inline = 0.0
        self.callees = {}

    def begin(self):
        self.depth += 1

    def end(self, total, inline):
        self.depth -= 1
        self.calls += 1
        self.inline += inline
        if self.depth:
            self.recursive += 1
        else:
            self.total += total


def _checked(timer):
    """The time that the caller's own clock tells; 0 where it tells none."""
    def now():
        try:
            value = timer()
        except Exception:
            return 0
        return value if isinstance(value, (int, float)) else 0
    return now


class Profiler:
    """Profiler(timer=None, timeunit=None, subcalls=True, builtins=True)

    Collects statistics of calls between enable() and disable()."""

    def __init__(self, timer=None, timeunit=0.0, subcalls=True, builtins=True):
        self._timer = _checked(timer) if timer else perf_counter
        self._unit = timeunit if timer and timeunit else 1.0
        self._subcalls = subcalls
        self._builtins = builtins
        self.clear()

    def clear(self):
        self._functions = {}
        self._stack = []  # [code, counts, counts under the caller or None, start, time spent in callees]

    def enable(self, subcalls=None, builtins=None):
        if subcalls is not None:
            self._subcalls = subcalls
        if builtins is not None:
            self._builtins = builtins
        sys.setprofile(self)

    def disable(self):
        sys.setprofile(None)
        while self._stack:
            self._leave(self._timer())

    def getstats(self):
        rows = []
        for code, counts in self._functions.items():
            calls = None
            if counts.callees:
                calls = [profiler_subentry(callee, c.calls, c.recursive, c.total * self._unit, c.inline * self._unit)
                         for callee, c in counts.callees.items() if c.calls]
            if counts.calls:
                rows.append(profiler_entry(code, counts.calls, counts.recursive, counts.total * self._unit,
                                           counts.inline * self._unit, calls))
        return rows

    def __call__(self, frame, event, arg):
        now = self._timer()
        if event == "call":
            code = frame.f_code
            self._enter("<method 'disable' of '_lsprof.Profiler' objects>" if code is _disable else code, now)
        elif event == "return":
            self._leave(now)
        elif self._builtins:
            if event == "c_call":
                if arg is not sys.setprofile:
                    self._enter(self._name_of(arg), now)
            elif self._stack and type(self._stack[-1][0]) is str:
                self._leave(now)

    @staticmethod
    def _name_of(function):
        """A native function as cProfile shows it."""
        owner, module = getattr(function, "__self__", None), getattr(function, "__module__", None)
        if owner is not None and type(owner) is not type(sys):
            return f"<method '{function.__name__}' of '{type(owner).__name__}' objects>"
        if module and module != "builtins":
            return f"<{module}.{function.__name__}>"
        return f"<built-in method builtins.{function.__name__}>"

    def _enter(self, code, now):
        functions, stack = self._functions, self._stack
        counts = functions.get(code)
        if counts is None:
            counts = functions[code] = _Counts()
        under = None
        if self._subcalls and stack:
            callees = stack[-1][1].callees
            under = callees.get(code)
            if under is None:
                under = callees[code] = _Counts()
            under.begin()
        counts.begin()
        stack.append([code, counts, under, now, 0.0])

    def _leave(self, now):
        if not self._stack:
            return
        _, counts, under, start, spent = self._stack.pop()
        total = now - start
        counts.end(total, total - spent)
        if under is not None:
            under.end(total, total - spent)
        if self._stack:
            self._stack[-1][4] += total


_disable = Profiler.disable.__code__
