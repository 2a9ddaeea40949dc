# What a trace function is told when an awaited thing ends, a generator goes on, and a hook replaces itself.
import asyncio
import sys

events = []


def local(frame, event, arg):
    what = repr(arg[1]) if event == "exception" else None
    events.append((event, frame.f_code.co_name, frame.f_lineno - frame.f_code.co_firstlineno, what))
    return local


def trace(names):
    sys.settrace(lambda frame, event, arg: local(frame, event, arg) if frame.f_code.co_name in names else None)


async def inner(value):
    await asyncio.sleep(0)
    return value


async def outer():
    await inner(None)
    await inner(1)
    await asyncio.sleep(0)


def plain(value):
    yield 1
    return value


def delegating():
    yield from plain(None)
    yield from plain(2)
    yield from [3]


for names, run in ((["outer"], lambda: asyncio.run(outer())), (["outer", "inner"], lambda: asyncio.run(outer())),
                   (["delegating"], lambda: list(delegating())), (["delegating", "plain"], lambda: list(delegating()))):
    trace(names)
    run()
    sys.settrace(None)
    for event in events:
        print(*event)
    print()
    events.clear()


# a generator's frame keeps the function that it was given
def three():
    yield 1
    yield 2
    yield 3


def given(frame, event, arg):
    events.append(("given", event, frame.f_lineno - frame.f_code.co_firstlineno))
    return given


generator = three()
sys.settrace(lambda frame, event, arg: events.append(("new", event, frame.f_code.co_name)))
next(generator)
generator.gi_frame.f_trace = given
next(generator)
next(generator)
sys.settrace(None)
print(events)


# the hook that goes cannot set another
class Hook:
    def __init__(self, set):
        self.set = set

    def __call__(self, *args):
        pass

    def __del__(self):
        self.set(None)


sys.unraisablehook = lambda unraisable: print(repr(unraisable.exc_value), unraisable.object.__name__)
for set, get in (sys.settrace, sys.gettrace), (sys.setprofile, sys.getprofile):
    set(Hook(set))
    set(len)
    kept = get() is len
    set(None)
    print(kept)
