"""A memoryview of characters has a format that is not read; one of an object that has no hash has none."""
import array
def t(f):
    try: print(ascii(f()))
    except Exception as e: print(type(e).__name__, e)
m = memoryview(array.array('u', 'ab'))
for f in (lambda: m.tolist(), lambda: m[0], lambda: m.__setitem__(0, 1), lambda: list(m), lambda: m == m, lambda: m == memoryview(array.array('u', 'ab')), lambda: m == array.array('u', 'ab'), lambda: m.cast('B').tolist(), lambda: m.cast('w'), lambda: m.hex(), lambda: m.tobytes(), lambda: hash(m), lambda: m[::-1].tobytes(), lambda: 1 in m, lambda: list(reversed(m)), lambda: m.format): t(f)
for o in (bytearray(4), b"abcd", array.array('b', [1,2])):
    r = memoryview(o).toreadonly()
    t(lambda: hash(r) == hash(bytes(o))); t(lambda: hash(memoryview(o)) == hash(bytes(o))); t(lambda: hash(r[1:]) == hash(bytes(o)[1:])); t(lambda: hash(r.cast('c')) == hash(bytes(o))); t(lambda: hash(memoryview(r)) == 1)
r = memoryview(bytearray(4)).toreadonly(); r.release(); t(lambda: hash(r))
