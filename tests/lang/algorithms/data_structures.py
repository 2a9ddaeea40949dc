# Linked list, stack, queue, trie, heap, union-find, LRU by hand.
class Node:
    def __init__(self, v, next=None): self.v, self.next = v, next
class Linked:
    def __init__(self, it=()):
        self.head = None; self.n = 0
        for x in reversed(list(it)): self.push(x)
    def push(self, v): self.head = Node(v, self.head); self.n += 1
    def __iter__(self):
        n = self.head
        while n: yield n.v; n = n.next
    def __len__(self): return self.n
    def reverse(self):
        p, n = None, self.head
        while n: n.next, p, n = p, n, n.next
        self.head = p
    def __repr__(self): return "->".join(map(str, self))
l = Linked("abcd"); l.reverse(); l.push("z"); print(l, len(l), "c" in l, list(l)[1:3])
class Trie:
    def __init__(self): self.kids, self.end = {}, False
    def add(self, w):
        t = self
        for c in w: t = t.kids.setdefault(c, Trie())
        t.end = True
    def starting(self, p):
        t = self
        for c in p:
            if c not in t.kids: return []
            t = t.kids[c]
        return list(t.walk(p))
    def walk(self, p):
        if self.end: yield p
        for c in sorted(self.kids): yield from self.kids[c].walk(p + c)
t = Trie(); [t.add(w) for w in "car card care cat dog".split()]; print(t.starting("car"), t.starting("x"), t.starting(""))
class UF:
    def __init__(self, n): self.p = list(range(n)); self.c = n
    def find(self, x):
        while self.p[x] != x: self.p[x] = self.p[self.p[x]]; x = self.p[x]
        return x
    def union(self, a, b):
        a, b = self.find(a), self.find(b)
        if a != b: self.p[a] = b; self.c -= 1
u = UF(6); u.union(0, 1); u.union(2, 3); u.union(1, 3); print(u.c, u.find(0) == u.find(2), u.find(4) == u.find(5))
class MinStack:
    def __init__(self): self.s = []
    def push(self, x): self.s.append((x, min(x, self.s[-1][1] if self.s else x)))
    def pop(self): return self.s.pop()[0]
    @property
    def min(self): return self.s[-1][1]
m = MinStack(); [m.push(x) for x in (3, 1, 2)]; print(m.min, m.pop(), m.pop(), m.min)
class Ring:
    def __init__(self, n): self.d, self.i = [None] * n, 0
    def add(self, x): self.d[self.i % len(self.d)] = x; self.i += 1
    def items(self): n = len(self.d); return [self.d[k % n] for k in range(max(0, self.i - n), self.i)]
r = Ring(3); [r.add(x) for x in range(5)]; print(r.items())
class BST:
    def __init__(self): self.root = None
    def insert(self, k): self.root = self._ins(self.root, k)
    def _ins(self, n, k): return (k, None, None) if n is None else (n[0], self._ins(n[1], k), n[2]) if k < n[0] else (n[0], n[1], self._ins(n[2], k))
    def __iter__(self):
        def walk(n):
            if n: yield from walk(n[1]); yield n[0]; yield from walk(n[2])
        return walk(self.root)
b = BST(); [b.insert(x) for x in (5, 2, 8, 1, 9, 3)]; print(list(b), b.root[0])
