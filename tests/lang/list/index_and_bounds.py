# Indexing from both ends, bounds, and index-like objects.
l = list("abcde")
for i in range(-7, 7):
    try: print(i, l[i], end="; ")
    except IndexError as e: print(i, e, end="; ")
print()
class I:
    def __init__(self, v): self.v = v
    def __index__(self): print("index", self.v); return self.v
print(l[I(2)], l[I(-1)], l[I(1):I(3)], l[True], l[False])
for bad in (1.0, "1", None, (1,), [1], 1j, slice, I("x"), I(1.5)):
    try: l[bad]
    except TypeError as e: print(e)
    try: l[bad] = 0
    except TypeError as e: print(e)
    try: del l[bad]
    except TypeError as e: print(e)
for f in (lambda: l.pop(5), lambda: l.pop(-6), lambda: l.insert(99, "z"), lambda: l.insert(-99, "A"), lambda: l.index("c", 3), lambda: l.index("c", 0, 2), lambda: l.index("c", -100, 100), lambda: l[2**70], lambda: l[-2**70], lambda: l.pop(2**70), lambda: l.insert(2**70, 1), lambda: l.index("a", 2**70), lambda: l[2**70:], lambda: l * 2**70, lambda: l.__getitem__(slice(0, 2)), lambda: l.__setitem__(slice(0, 1), "XY"), lambda: l.__delitem__(0)):
    try: print(f(), l)
    except Exception as e: print(type(e).__name__, e)
