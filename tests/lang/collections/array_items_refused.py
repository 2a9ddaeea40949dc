"""What each kind of array says of an item that it cannot hold."""
import array
def t(f):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
for c in "bBhHiIlLqQfd":
    for v in (10**18, -1, 300, -300, 70000, -70000, 2**31, 2**32, 2**63, 2**64, -2**63-1, 10**400, 1.5, "a", None, True):
        print(c, repr(v)[:20], end=" "); t(lambda: array.array(c, [v]))
