# compare: stderr
def first():
    try:
        1 / 0
    except ZeroDivisionError:
        raise KeyError("during")
def second():
    try:
        first()
    except KeyError as e:
        raise ValueError("because") from e
def third():
    try:
        second()
    except ValueError:
        raise TypeError("plain") from None
import traceback
for f in (first, second, third):
    try: f()
    except Exception: traceback.print_exc()
second()
