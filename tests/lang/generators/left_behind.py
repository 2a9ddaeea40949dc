"""Generators that are closed or dropped half-way: with handlers inside, without, delegating, running, inside others."""


def plain(log):
    kept = Noisy(log)
    for i in range(10):
        yield i


class Noisy:
    def __init__(self, log):
        self.log = log

    def __del__(self):
        self.log.append("value gone")


def careful(log):
    try:
        yield 1
        yield 2
    except GeneratorExit:
        log.append("exit seen")
        raise
    finally:
        log.append("finally")


def stubborn():
    try:
        yield 1
    except GeneratorExit:
        yield 2


def outer(log):
    yield from careful(log)


def managed(log):
    with Manager(log):
        yield 1


class Manager:
    def __init__(self, log):
        self.log = log

    def __enter__(self):
        return self

    def __exit__(self, kind, value, tb):
        self.log.append(kind.__name__)


for make in plain, careful, outer, managed:
    log = []
    g = make(log)
    print(next(g), g.gi_frame is not None, g.close(), g.gi_frame, list(g), log)
    log = []
    g = make(log)
    next(g)
    del g
    print(log)
    log = []
    g = make(log)
    print(g.close(), log, next(g, "done"))
g = stubborn()
next(g)
try:
    g.close()
except RuntimeError as e:
    print(e)


def itself():
    try:
        me.close()
    except ValueError as e:
        yield str(e)


me = itself()
print(next(me))


def closing():
    yield me2.close() if False else 1
    try:
        me2.close()
    except ValueError as e:
        print(e)
    yield 2


me2 = closing()
print(next(me2), next(me2), me2.close(), next(me2, None))
print(any(x > 2 for x in range(10)), all(x < 2 for x in range(10)), next(x for x in range(5)))
log = []
frame = None
g = plain(log)
next(g)
frame = g.gi_frame
g.close()
print(frame.f_lineno > 0, log or "kept by the frame", g.gi_running)
