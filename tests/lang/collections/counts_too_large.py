# Counts and places that no machine integer holds, a missing key that is None, and tokens that nobody may make.
import array, collections, contextvars, io, itertools

big = 2**63


def attempt(text, **names):
    try:
        print(text, "->", eval(text, globals(), names))
    except Exception as e:
        print(text, "->", type(e).__name__, e, e.args)


for n in (big, -big - 1):
    for text in """itertools.repeat(1, n)
collections.deque([1, 2], n)
collections.deque([1, 2], maxlen=n)
collections.deque([1, 2]).rotate(n)
collections.deque([1, 2]).insert(n, 3)
collections.deque([1, 2])[n]
array.array('i', [1]).pop(n)
io.TextIOWrapper(io.BytesIO(b'ab')).readline(n)
io.BufferedReader(io.BytesIO(b'ab'), n)
list(collections.Counter(a=n).elements())""".splitlines():
        attempt(text, n=n)
for text in """collections.OrderedDict().pop(None)
collections.OrderedDict().pop(1)
collections.OrderedDict().pop(None, 'other')
collections.OrderedDict().move_to_end(None)
collections.OrderedDict().move_to_end('x')
collections.OrderedDict()[None]
{}.pop(None)
contextvars.Token()
contextvars.Token(1, a=2)""".splitlines():
    attempt(text)


class Called:
    def __call__(self, e):
        return True


group = ExceptionGroup("all", [ValueError(1), TypeError(2)])
for condition in (lambda e: isinstance(e, ValueError), len, Called(), Called().__call__, ValueError, (ValueError, int), (), int, None):
    try:
        print(group.split(condition), group.subgroup(condition))
    except TypeError as e:
        print(e)
