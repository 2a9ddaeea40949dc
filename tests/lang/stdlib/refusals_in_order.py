# What native functions refuse, and in which order they look.
import array
import binascii
import bisect
import itertools
import time
from decimal import Context, Decimal


def attempt(step):
    try:
        print(repr(step()))
    except (TypeError, ValueError, KeyError) as e:
        print(type(e).__name__, e)


for stop in -1, -3, "x", 2.5, 1 << 80:
    attempt(lambda: list(itertools.islice([1, 2], stop)))
    attempt(lambda: list(itertools.islice([1, 2], 0, stop)))
    attempt(lambda: list(itertools.islice([1, 2], stop, 2)))
for third in 2, 2.5, "f", None:
    attempt(lambda: BlockingIOError(1, "m", third).args)
attempt(lambda: bisect.bisect({0: 1, 1: 2}, 1))
attempt(lambda: bisect.insort({}, 1))
attempt(lambda: binascii.hexlify("a", "b", "c"))
attempt(lambda: binascii.hexlify(b"ab", "-", "c"))
attempt(lambda: array.array(None))
attempt(lambda: time.strftime())
attempt(lambda: time.strftime(1, 2, 3))
one = Decimal("1.5")
for context in None, 5, "x", Context(prec=2):
    attempt(lambda: Decimal(1, context))
    attempt(lambda: one.exp(context))
    attempt(lambda: one.ln(context=context))
    attempt(lambda: one.compare(2, context))
    attempt(lambda: one.fma(2, 3, context))
    attempt(lambda: one.number_class(context))
attempt(lambda: one.fma(1))
attempt(lambda: one.max())
