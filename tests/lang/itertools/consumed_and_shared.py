# Iterators shared between tools.
from itertools import *
it = iter(range(10)); print(list(islice(it, 3)), list(takewhile(lambda x: x < 6, it)), list(it))
a, b = tee(range(5)); next(b); print(list(zip(a, b))); x = iter("abcdef"); print(list(zip(x, x, x)), list(zip_longest(*[iter("abcde")] * 2, fillvalue="-")))
g = (i for i in range(6)); print(list(chain(islice(g, 2), ["mid"], g))); c = cycle([1, 2, 3]); print([next(c) for _ in range(7)]); r = repeat("x"); print(list(islice(r, 2)), next(r))
d = dropwhile(lambda v: v < 2, [0, 1, 2, 0]); print(next(d), list(d)); k = groupby("aab"); print([(key, next(grp)) for key, grp in k]); s = accumulate([1, 2, 3]); print(next(s), list(s)); p = permutations("ab"); print(next(p), len(list(p)))
t1, t2, t3 = tee("abc", 3); print(next(t1), next(t1), next(t2), list(t3), list(t2), list(t1)); t4, t5 = tee(t1); print(list(t4), list(t5)); import copy; q = tee([1, 2, 3])[0]; next(q); w = copy.copy(q); print(list(q), list(w))
n = count(); print(next(n), next(n), list(islice(n, 2)), n); ch = chain.from_iterable(iter([[1], [2]])); print(next(ch), list(ch)); pw = pairwise(iter("abc")); print(next(pw), list(pw)); cp = compress(count(), cycle([1, 0])); print([next(cp) for _ in range(3)])
for tool in (lambda i: chain(i), lambda i: islice(i, 5), lambda i: cycle(i), lambda i: zip_longest(i), lambda i: tee(i)[0], lambda i: groupby(i), lambda i: accumulate(i), lambda i: product(i), lambda i: pairwise(i), lambda i: starmap(lambda *a: a, i)):
    def bad(): yield (1,); raise ValueError("mid-stream")
    try: print(list(tool(bad())))
    except ValueError as e: print(e)
