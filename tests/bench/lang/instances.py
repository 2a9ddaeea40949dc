"""Making and dropping instances."""


class Vector:
    def __init__(self, x, y, z):
        self.x, self.y, self.z = x, y, z

    def __add__(self, other):
        return Vector(self.x + other.x, self.y + other.y, self.z + other.z)


def run(n):
    total = Vector(0, 0, 0)
    step = Vector(1, 2, 3)
    for _ in range(n):
        total = total + step
    return total.x, total.y, total.z


print(run(1500000))
