# An islice that has ended is taken apart into an empty list's iterator.
import itertools, pickle

for it in (itertools.islice([1, 2, 3, 4], 1, 3), itertools.islice("ab", 5), itertools.islice([], 0)):
    for step in range(4):
        kind, args, state = it.__reduce__()
        print(step, kind.__name__, type(args[0]).__name__, args[1:], state)
        print([len(pickle.dumps(it, p)) for p in (0, 2, 4)] if type(args[0]).__name__ != "str_iterator" else "")
        next(it, None)
