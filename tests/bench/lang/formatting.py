"""Text from values: %, str.format, f-strings, format specs, str(), repr()."""


class Money:
    def __init__(self, cents):
        self.cents = cents

    def __format__(self, spec):
        return format(self.cents / 100, spec or ".2f")

    def __str__(self):
        return f"${self.cents // 100}.{self.cents % 100:02}"

    def __repr__(self):
        return f"Money({self.cents!r})"


def run():
    size = 0
    for i in range(60000):
        size += len("%d %s %5.2f" % (i, "text", i / 3))
        size += len("{} {} {:>8}".format(i, "text", i))
        size += len(f"{i} {'text'} {i / 3:.2f} {i:>8} {i:08x} {i:,}")
        size += len("{name}: {value!r}".format(name="n", value=i))
        size += len("%(a)s=%(b)r" % {"a": i, "b": "x"})
    for i in range(30000):
        m = Money(i)
        size += len(f"{m} {m!s} {m!r} {m:8.1f}") + len(str(i)) + len(repr([i, "a", 1.5, None]))
    return size


print(run())
