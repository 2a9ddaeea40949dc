"""bytes() asks an iterable for its length hint, and refuses a wrong one; array slices look at the step before the value."""
import array


class Hinted:
    def __init__(self, hint): self.hint = hint
    def __iter__(self): print("iter"); return iter([1, 2])
    def __length_hint__(self): print("hint"); return self.hint
class Sized:
    def __init__(self, n): self.n = n
    def __getitem__(self, i):
        if i > 2: raise IndexError
        return i
    def __len__(self): print("len"); return self.n


for make in (bytes, bytearray, list, tuple, lambda x: b"-".join([bytes(x)]), lambda x: int.from_bytes(x, "big")):
    for source in (Hinted(3), Hinted(-1), Hinted(None), Hinted(NotImplemented), Hinted(1.5), Sized(2), Sized(-1), Sized(None)):
        try: print(make(source))
        except (TypeError, ValueError) as e: print(type(e).__name__, e)
numbers = array.array("h", range(5))
for cut, value in ((slice(None, None, 0), b"zz"), (slice(0, 2, 0), numbers), (slice(0, 2), [1]), (slice(0, 4, 2), array.array("i")), (slice("a", 2), 5)):
    try: numbers[cut] = value
    except (TypeError, ValueError) as e: print(type(e).__name__, e)
    try: del numbers[cut]
    except (TypeError, ValueError) as e: print(type(e).__name__, e)
    print(numbers)
