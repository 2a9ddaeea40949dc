# __slots__: fixed names, no dictionary.
class WithDict:
    def __init__(self): self.a = 1
class WithSlots:
    __slots__ = ("a", "b")
    def __init__(self): self.a = 1
d, s = WithDict(), WithSlots()
print(d.__dict__, hasattr(s, "__dict__"), WithSlots.__slots__); d.new = 2; print(d.new)
for act in (lambda: setattr(s, "new", 2), lambda: s.b, lambda: s.__dict__, lambda: delattr(s, "b"), lambda: vars(s)):
    try: act()
    except (AttributeError, TypeError) as e: print(type(e).__name__, e)
s.b = 5; del s.a; print(s.b, hasattr(s, "a")); import sys; print(sys.getsizeof(s) <= sys.getsizeof(d) + sys.getsizeof(d.__dict__))
