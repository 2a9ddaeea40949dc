"""isinstance chains, issubclass, dispatch by type, abstract base classes, super() calls, class attributes, __slots__."""
from abc import ABC, abstractmethod


class Node:
    count = 0

    def __init__(self):
        Node.count += 1


class Number(Node):
    def __init__(self, value):
        super().__init__()
        self.value = value


class Binary(Node):
    def __init__(self, left, right):
        super().__init__()
        self.left, self.right = left, right


class Add(Binary):
    pass


class Multiply(Binary):
    pass


class Negate(Node):
    def __init__(self, inner):
        super().__init__()
        self.inner = inner


def evaluate(node):
    if isinstance(node, Number):
        return node.value
    if isinstance(node, Negate):
        return -evaluate(node.inner)
    if isinstance(node, Binary):
        left, right = evaluate(node.left), evaluate(node.right)
        if isinstance(node, Add):
            return left + right
        return left * right % 10007
    raise TypeError(node)


def size(node):
    match node:
        case Number():
            return 1
        case Negate(inner=inner):
            return 1 + size(inner)
        case Binary(left=left, right=right):
            return 1 + size(left) + size(right)


class Shape(ABC):
    @abstractmethod
    def area(self): ...

    def describe(self):
        return type(self).__name__, self.area()


class Square(Shape):
    def __init__(self, side):
        self.side = side

    def area(self):
        return self.side ** 2


class Rectangle(Square):
    def __init__(self, a, b):
        super().__init__(a)
        self.b = b

    def area(self):
        return super().area() // self.side * self.b


def tree(depth, seed):
    if depth == 0:
        return Number(seed % 10)
    if seed % 5 == 0:
        return Negate(tree(depth - 1, seed // 2))
    kind = Add if seed % 2 else Multiply
    return kind(tree(depth - 1, seed * 3 + 1), tree(depth - 1, seed * 5 + 2))


root = tree(12, 7)
print(Node.count, sum(evaluate(root) for _ in range(40)), sum(size(root) for _ in range(12)))
shapes, total = [Square(2), Rectangle(2, 3), Square(5)], 0
for i in range(80000):
    shape = shapes[i % 3]
    total += shape.describe()[1]
    if isinstance(i, (str, bytes, int)) and issubclass(type(shape), Shape) and callable(shape.area):
        total += 1
kinds = {int: 1, str: 2, float: 3, list: 4, type(None): 5}
for value in [1, "a", 1.5, [], None] * 50000:
    total += kinds[type(value)]
print(total)
