"""Loops that take pairs apart: enumerate, zip, items(), with everything that can go wrong on the way."""


def pairs(iterable):
    out = []
    for a, b in iterable:
        out.append((a, b))
    return out


for _ in range(4):
    print(pairs(enumerate("abc")), pairs(enumerate("ab", 5)), pairs(zip("abc", [1, 2, 3, 4])), pairs({1: 2, 3: 4}.items()))
    print(pairs([(1, 2), [3, 4], "ab"]), pairs(reversed({1: 2, 3: 4}.items())), pairs(enumerate([], 10 ** 30)))
    print(pairs(enumerate("ab", 2 ** 62 - 1)), pairs(enumerate("ab", -1)))
for bad in (zip("ab", "cd", "ef"), zip("ab"), enumerate([1]), [1], [(1, 2, 3)], zip()):
    try:
        print(pairs(bad))
    except (TypeError, ValueError) as e:
        print(type(e).__name__, e)
for a, b in ([1, 2, 3], [1]), ([1], [1, 2]), ([1, 2], [3, 4]):
    try:
        print(pairs(zip(a, b, strict=True)))
    except ValueError as e:
        print(e)


def change(d):
    for k, v in d.items():
        d[k + 10] = v


def failing(n):
    for i in range(n):
        yield i
    raise LookupError("the source failed")


for _ in range(3):
    try:
        change({1: 1, 2: 2})
    except RuntimeError as e:
        print(e)
    try:
        for i, x in enumerate(failing(2)):
            print(i, x)
    except LookupError as e:
        print(e)
    try:
        for i, x in zip(failing(5), failing(1)):
            print(i, x)
    except LookupError as e:
        print(e)


class Odd(enumerate):
    def __next__(self):
        i, x = super().__next__()
        return x, i


class Pairs(zip):
    pass


print(pairs(Odd("xy")), pairs(Pairs("ab", "cd")))
d = {i: str(i) for i in range(5)}
total = 0
for k, v in d.items():
    d[k] = v * 2
    total += k
print(d, total, [k for k, v in d.items() if v != "00"])
found = []
for i, (k, v) in enumerate(d.items()):
    for j, c in enumerate(v):
        if j == 1:
            break
        found.append((i, k, c))
    else:
        found.append("end")
print(found)


class Counter:
    __slots__ = ("n", "text")
    step = 1

    def __init__(self):
        self.n = 0
        self.text = ""

    def count(self, times):
        for i in range(times):
            self.n += self.step
            self.n -= i % 2
            self.text += "."
        return self.n, self.text


class Plain(Counter):
    def count(self, times):
        for i in range(times):
            self.m = i
            self.m += 1
            self.n += self.m
            if i == 3:
                self.__class__ = Other
        return self.n, self.m, self.__class__.__name__


class Other(Plain):
    @property
    def n(self):
        return 1000

    @n.setter
    def n(self, value):
        log.append(value)


log = []
print(Counter().count(9), Plain().count(8), log)
unset = Counter()
del unset.n
for i in range(3):
    try:
        unset.n += 1
    except AttributeError as e:
        print(e)


class Lies:
    __class__ = property(lambda self: int)


for thing in (1, "a", Counter(), Lies(), Lies, Counter) * 3:
    print(thing.__class__.__name__, end=" ")
print()


def inside(items, container):
    return [x for x in items if x in container], [x for x in items if x not in container]


for _ in range(5):
    print(inside([1, 2, 3], [2]), inside("abc", "cb"), inside([1, 5], {5}), inside([1, 2], {1: 1}), inside([1], (1,)))


def generator(n):
    for i in range(n):
        got = yield i
        if got:
            print("got", got)


g = generator(6)
for i in g:
    if i in (1, 3):
        print(g.send("word"))
print(list(generator(3)))
