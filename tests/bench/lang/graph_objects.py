"""Linked structures: a binary search tree, a linked list, a trie, a union-find, a priority of nodes; by attributes."""


class Node:
    def __init__(self, key):
        self.key, self.left, self.right, self.count = key, None, None, 1


class Tree:
    def __init__(self):
        self.root, self.size = None, 0

    def add(self, key):
        if self.root is None:
            self.root = Node(key)
            self.size += 1
            return
        node = self.root
        while True:
            if key == node.key:
                node.count += 1
                return
            if key < node.key:
                if node.left is None:
                    node.left = Node(key)
                    break
                node = node.left
            else:
                if node.right is None:
                    node.right = Node(key)
                    break
                node = node.right
        self.size += 1

    def __contains__(self, key):
        node = self.root
        while node is not None and node.key != key:
            node = node.left if key < node.key else node.right
        return node is not None

    def __iter__(self):
        stack, node = [], self.root
        while stack or node:
            while node:
                stack.append(node)
                node = node.left
            node = stack.pop()
            yield node.key
            node = node.right

    def __len__(self):
        return self.size


class Link:
    __slots__ = "value", "next"

    def __init__(self, value, next=None):
        self.value = value
        self.next = next


class Trie:
    def __init__(self):
        self.children, self.ends = {}, False

    def add(self, word):
        node = self
        for c in word:
            if c not in node.children:
                node.children[c] = Trie()
            node = node.children[c]
        node.ends = True

    def total(self):
        return self.ends + sum(child.total() for child in self.children.values())


class Sets:
    def __init__(self, n):
        self.parent, self.rank = list(range(n)), [0] * n

    def find(self, x):
        while self.parent[x] != x:
            self.parent[x] = self.parent[self.parent[x]]
            x = self.parent[x]
        return x

    def join(self, a, b):
        a, b = self.find(a), self.find(b)
        if a != b:
            if self.rank[a] < self.rank[b]:
                a, b = b, a
            self.parent[b] = a
            self.rank[a] += self.rank[a] == self.rank[b]


tree = Tree()
for i in range(30000):
    tree.add(i * 7919 % 20011)
print(len(tree), sum(tree), sum(i in tree for i in range(9000)))
head = None
for i in range(150000):
    head = Link(i, head)
back = None
while head:
    head.next, back, head = back, head, head.next
total = 0
while back:
    total += back.value
    back = back.next
trie = Trie()
for i in range(12000):
    trie.add(str(i * 7919 % 50021))
sets = Sets(50000)
for i in range(50000):
    sets.join(i, i * 31 % 50000)
print(total, trie.total(), len({sets.find(i) for i in range(50000)}))
