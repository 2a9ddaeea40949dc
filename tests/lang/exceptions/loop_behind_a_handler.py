# A loop that only a handler leads to, and that ends where the code around it goes on.
def for_loop(plan):
    seen = []
    while not (plan() and not plan()):
        if plan():
            pass
        else:
            try:
                raise LookupError
            except LookupError:
                if not plan():
                    raise
            finally:
                if plan():
                    break
            for v in range(plan()):
                seen.append(v)
    return seen


def both_and_or(plan):
    found = []
    while plan():
        if plan():
            found.append(1)
        else:
            try:
                raise LookupError
            except LookupError:
                x = plan() or plan()
            found.append(x and plan())
            for v in (plan() for _ in range(2)):
                found.append(v and x)
    return found


def generator(plan):
    while plan():
        if not plan():
            try:
                raise LookupError
            except LookupError:
                yield plan()
            yield from range(plan())


def bits(number):
    answers = [number >> i & 1 for i in range(12)]
    return lambda: answers.pop() if answers else 0


for number in range(0, 4096, 7):
    for f in (for_loop, both_and_or, lambda plan: list(generator(plan))):
        try:
            told = f(bits(number))
        except BaseException as e:
            told = type(e).__name__
        print(number, told)
