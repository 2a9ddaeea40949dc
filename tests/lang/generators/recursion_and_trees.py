# Recursive generators over trees and permutations.
class N:
    def __init__(self, v, *kids): self.v, self.kids = v, kids
    def __iter__(self):
        yield self.v
        for k in self.kids: yield from k
    def post(self):
        for k in self.kids: yield from k.post()
        yield self.v
    def levels(self):
        level = [self]
        while level: yield [n.v for n in level]; level = [k for n in level for k in n.kids]
    def paths(self, pre=()):
        pre += (self.v,)
        if not self.kids: yield pre
        for k in self.kids: yield from k.paths(pre)
t = N(1, N(2, N(4), N(5, N(7))), N(3, N(6)))
print(list(t), list(t.post()), list(t.levels()), list(t.paths()), sum(t), max(t), 7 in t, 9 in t)
def inorder(t):
    if t: l, v, r = t; yield from inorder(l); yield v; yield from inorder(r)
print(list(inorder(((None, 1, None), 2, ((None, 3, None), 4, None)))))
def perms(s): 
    if len(s) < 2: yield s
    else:
        for i, c in enumerate(s):
            for p in perms(s[:i] + s[i + 1:]): yield c + p
def subsets(s):
    if not s: yield (); return
    for r in subsets(s[1:]): yield r; yield (s[0],) + r
def compositions(n):
    if n == 0: yield []
    for i in range(1, n + 1):
        for r in compositions(n - i): yield [i] + r
def gray(n):
    if n == 0: yield ""; return
    prev = list(gray(n - 1)); yield from ("0" + g for g in prev); yield from ("1" + g for g in reversed(prev))
def flatten(x):
    for y in x:
        if isinstance(y, (list, tuple)): yield from flatten(y)
        else: yield y
def hanoi(n, a="A", b="B", c="C"):
    if n: yield from hanoi(n - 1, a, c, b); yield a + c; yield from hanoi(n - 1, b, a, c)
print(list(perms("abc")), list(subsets("abc")), list(compositions(4)), list(gray(3)), list(flatten([1, [2, (3, [4])], [], [[5]]])), list(hanoi(3)), sum(1 for _ in perms("abcdefg")), len(list(hanoi(8))))
def deep(n): yield n; yield from (deep(n - 1) if n else ())
print(sum(deep(200)))
