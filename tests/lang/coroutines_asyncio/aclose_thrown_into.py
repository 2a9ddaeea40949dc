# Throwing into aclose(), athrow() and asend() awaitables, more than once.
import types


class Mine(Exception):
    pass


@types.coroutine
def awaitable():
    yield "result"


async def finishing():
    try:
        yield 1
    finally:
        await awaitable()


async def catching():
    try:
        yield 1
    except Mine:
        yield 2


def attempt(step):
    try:
        print(repr(step()))
    except BaseException as e:
        print(type(e).__name__, e)


for make in finishing, catching:
    for awaited in (lambda g: g.aclose(), lambda g: g.athrow(Mine), lambda g: g.asend(3)):
        for thrown in Mine, GeneratorExit, StopAsyncIteration:
            generator = make()
            attempt(lambda: generator.asend(None).send(None))
            step = awaited(generator)
            attempt(lambda: step.throw(thrown))
            attempt(lambda: step.throw(thrown))
            attempt(lambda: step.send(None))
            attempt(lambda: step.close())
            print()
