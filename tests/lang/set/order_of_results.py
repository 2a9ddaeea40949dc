# The order of the items of sets of numbers, as each operation, method and way of making one leaves it.
import copy, pickle


class Numbers:
    """A sequence that only looks like chance."""

    def __init__(self, state):
        self.state = state

    def below(self, n):
        self.state = (self.state * 1103515245 + 12345) % 2**31
        return (self.state >> 8) % n

    def some(self, most, low, high):
        return [low + self.below(high - low) for _ in range(self.below(most))]


def changed(made, name, *args):
    getattr(made, name)(*args)
    return list(made)


numbers = Numbers(7)
for turn in range(24):
    a, b = numbers.some(40, -50, 400), numbers.some(40, -50, 400)
    d, e = {i: i % 3 for i in a}, {i: i % 3 if i % 5 else 9 for i in b + a[:5]}
    for kind in set, frozenset:
        x, y = kind(a), kind(b)
        print(turn, kind.__name__, list(x), list(x | y), list(x & y), list(x - y), list(x ^ y))
        for other in b, y, e, e.keys():
            print(*[list(m(other)) for m in (x.union, x.intersection, x.difference, x.symmetric_difference)])
        print(list(x.union(y, [1000], a)), list(x.intersection(y, a)), list(x.difference(b[:3], y)), list(x.copy()), list(kind(x)))
        print(list(x ^ d.keys()), list(x - d.keys()), list(d.keys() & x), list(d.keys() ^ x), list(x | e.items()))
    for other in b, set(b), e, set(range(200)):
        for name in "update", "difference_update", "intersection_update", "symmetric_difference_update":
            print(changed(set(a), name, other))
    for left, right in (d, e), (e, d):
        print(*[list(f(v(left), v(right))) for v in (dict.keys, dict.items)
                for f in (lambda p, q: p & q, lambda p, q: p | q, lambda p, q: p - q, lambda p, q: p ^ q)])
    z = set(a)
    for i in range(4):
        z -= set(b[i::4])
        z |= set(a[i::3])
        z ^= {i, i * 7}
        z &= set(range(300 - 20 * i))
        z.discard(numbers.below(400))
        print(list(z))
    print(list(copy.copy(z)), list(copy.deepcopy(z)), list(pickle.loads(pickle.dumps(z))), [z.pop() for _ in range(len(z) // 2)], list(z))
    few = list(dict.fromkeys(b))[:12]
    if few:
        text, first = ", ".join(map(str, few)), few[0]
        print(list(eval("{%s}" % text)), list(eval("{first, %s}" % text)), list({*a, 5, *few}), list({i for i in b if i % 2}))
        print([i / 4 for i in set(few)], list({i / 4 for i in few} ^ {i / 2 for i in b}), list({(i, -i) for i in few} - {(first, -first)}))

grown = set()
for n in (3, 8, 20, 60):
    for _ in range(3 * n):
        i = numbers.below(3 * n)
        if numbers.below(5) < 2:
            grown.add(i)
        else:
            grown.discard(i)
        print(list(grown))
