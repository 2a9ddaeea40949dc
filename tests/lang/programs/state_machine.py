"""Metaclass-driven state machine, text templates and a tiny parser."""
import functools
import inspect
import re
import string
import textwrap
from contextlib import ExitStack, contextmanager, suppress
from types import MappingProxyType, SimpleNamespace


class Transition:
    def __init__(self, source, target):
        self.source, self.target = source, target

    def __set_name__(self, owner, name):
        self.name = name

    def __get__(self, instance, owner=None):
        return self if instance is None else functools.partial(self.fire, instance)

    def fire(self, machine, **context):
        if machine.state not in self.source:
            raise machine.Invalid(self.name, machine.state)
        for hook in machine._hooks.get(self.name, ()):
            hook(machine, **context)
        machine.state = self.target
        return machine.state

    def __repr__(self):
        return f"<{'|'.join(self.source)} -{self.name}-> {self.target}>"


class MachineMeta(type):
    @classmethod
    def __prepare__(mcs, name, bases, **options):
        namespace = {"hook": lambda event: (lambda f: setattr(f, "event", event) or f)}
        return namespace

    def __new__(mcs, name, bases, namespace, *, initial=None):
        namespace.pop("hook", None)
        cls = super().__new__(mcs, name, bases, namespace)
        cls.Invalid = type("Invalid", (Exception,), {
            "__str__": lambda self: "cannot {} from {}".format(*self.args),
                "__qualname__": f"{name}.Invalid"})
        cls._initial = initial
        hooks = {}
        for value in namespace.values():
            if inspect.isfunction(value) and hasattr(value, "event"):
                hooks.setdefault(value.event, []).append(value)
        cls._hooks = MappingProxyType(hooks)
        return cls

    def __init__(cls, name, bases, namespace, **options):
        super().__init__(name, bases, namespace)

    def __call__(cls, *args, **kwargs):
        instance = super().__call__(*args, **kwargs)
        instance.state = cls._initial
        return instance

    def __iter__(cls):
        return (v for v in vars(cls).values() if isinstance(v, Transition))


class Door(metaclass=MachineMeta, initial="closed"):
    open = Transition({"closed": 1}, "open")
    close = Transition({"open": 1}, "closed")
    lock = Transition({"closed": 1}, "locked")
    unlock = Transition({"locked": 1}, "closed")

    def __init__(self, name):
        self.name, self.log = name, []

    @hook("open")
    def _creak(self, **context):
        self.log.append(f"{self.name} creaks {context}")

    @hook("lock")
    def _click(self, key="none", **_):
        self.log.append(f"{self.name} clicks with {key}")


door = Door("front")
print(list(Door), Door._hooks.keys(), door.state)
print(door.open(force=3), door.close(), door.lock(key="k1"))
with suppress(KeyError):
    try:
        door.open()
    except Door.Invalid as e:
        print(repr(e), "|", e, type(e).__qualname__)
print(door.log)
print(inspect.signature(Door), inspect.signature(door._click), type(Door._hooks))


@contextmanager
def section(title, out):
    out.append(f"<{title}>")
    try:
        yield len(out)
    except ZeroDivisionError as e:
        out.append(f"! {e}")
    finally:
        out.append(f"</{title}>")


out = []
with ExitStack() as stack:
    numbers = [stack.enter_context(section(t, out)) for t in "abc"]
    stack.callback(out.append, "callback")
    out.append(str(numbers))
    1 // 0
print(" ".join(out))


class Shell(string.Template):
    delimiter = "%"
    idpattern = r"[a-z]+(?:\.[a-z]+)*"


print(Shell("%user at %{host.name}, 100%% of %missing").safe_substitute({"user": "u", "host.name": "h"}))
try:
    Shell("%user % x").substitute(user=1)
except (KeyError, ValueError) as e:
    print(type(e).__name__, e)
ns = SimpleNamespace(a=1, b=[1, 2], c=SimpleNamespace(d=None))
print(ns, "{0.b[1]:>5}|{0.c.d!r:^8}|{1[k]:+.2e}".format(ns, {"k": 12345.678}))
text = """
    The quick brown fox jumps over the lazy dog, and then some more words follow to make it long enough to wrap
    twice at least.

      Indented paragraph.
"""
body = textwrap.dedent(text).strip()
print(textwrap.fill(body, 40, initial_indent="* ", subsequent_indent="  "))
print(textwrap.shorten(body, 50, placeholder=" …"), textwrap.indent("a\n\nb", "> ", lambda line: True),
    sep="\n")
pattern = re.compile(
    r"(?P<key>\w+)\s*=\s*(?:(?P<num>-?\d+(?:\.\d+)?)|\"(?P<str>(?:[^\"\\]|\\.)*)\"|(?P<flag>yes|no))")
for m in pattern.finditer('a = 1, b="x \\" y" , c=yes d = -2.5'):
    print(m.lastgroup, m["key"], {k: v for k, v in m.groupdict().items() if v is not None}, m.span("key"))
print(re.sub(r"(?i)\b(\w)(\w*)\b", lambda m: m[1].upper() + m[2].lower(), "hELLO wORLD"),
    re.split(r"([,;])\s*", "a, b;c"))
