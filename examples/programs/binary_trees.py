"""Build, check and drop many binary trees; then keep a search tree in order.

    binary_trees.py [DEPTH]
"""
import sys


class Node:
    __slots__ = ("left", "right")

    def __init__(self, left, right):
        self.left = left
        self.right = right

    def check(self):
        """The number of nodes below and including this one."""
        if self.left is None:
            return 1
        return 1 + self.left.check() + self.right.check()


def bottom_up(depth):
    if depth == 0:
        return Node(None, None)
    return Node(bottom_up(depth - 1), bottom_up(depth - 1))


class SearchTree:
    """An unbalanced search tree with counts, walked without recursion."""

    class Entry:
        def __init__(self, key):
            self.key, self.count, self.left, self.right = key, 1, None, None

    def __init__(self, keys=()):
        self.root = None
        self.size = 0
        for key in keys:
            self.add(key)

    def add(self, key):
        self.size += 1
        if self.root is None:
            self.root = self.Entry(key)
            return
        entry = self.root
        while entry.key != key:
            side = "left" if key < entry.key else "right"
            below = getattr(entry, side)
            if below is None:
                setattr(entry, side, self.Entry(key))
                return
            entry = below
        entry.count += 1

    def __iter__(self):
        stack, entry = [], self.root
        while stack or entry:
            while entry:
                stack.append(entry)
                entry = entry.left
            entry = stack.pop()
            for _ in range(entry.count):
                yield entry.key
            entry = entry.right

    def __contains__(self, key):
        entry = self.root
        while entry and entry.key != key:
            entry = entry.left if key < entry.key else entry.right
        return entry is not None

    def __len__(self):
        return self.size

    def height(self):
        level, height = [self.root] if self.root else [], 0
        while level:
            height += 1
            level = [child for entry in level for child in (entry.left, entry.right) if child]
        return height


def pseudo_random(seed, n):
    for _ in range(n):
        seed = (seed * 1103515245 + 12345) % 2 ** 31
        yield seed >> 8


def main(argv):
    deepest = int(argv[1]) if len(argv) > 1 else 9
    shallowest = 4
    print(f"stretch tree of depth {deepest + 1}\t check: {bottom_up(deepest + 1).check()}")
    long_lived = bottom_up(deepest)
    for depth in range(shallowest, deepest + 1, 2):
        trees = 2 ** (deepest - depth + shallowest)
        checked = sum(bottom_up(depth).check() for _ in range(trees))
        print(f"{trees}\t trees of depth {depth}\t check: {checked}")
    print(f"long lived tree of depth {deepest}\t check: {long_lived.check()}")

    keys = [key % 500 for key in pseudo_random(42, 2000)]
    tree = SearchTree(keys)
    print(f"search tree: {len(tree)} keys, height {tree.height()}, sorted: {list(tree) == sorted(keys)}")
    print("present:", [key for key in (0, 17, 250, 499, 500, -1) if key in tree])


if __name__ == "__main__":
    main(sys.argv)
