"""A chaos game on a spline: small vector objects with operators, and random numbers of its own."""


class Point:
    def __init__(self, x, y):
        self.x, self.y = x, y

    def __add__(self, other):
        return Point(self.x + other.x, self.y + other.y)

    def __sub__(self, other):
        return Point(self.x - other.x, self.y - other.y)

    def scaled(self, k):
        return Point(self.x * k, self.y * k)

    def towards(self, other, k):
        return self + (other - self).scaled(k)


class Random:
    def __init__(self, seed):
        self.state = seed

    def below(self, n):
        self.state = (self.state * 1103515245 + 12345) % 2147483648
        return self.state * n // 2147483648


def de_casteljau(points, t):
    while len(points) > 1:
        points = [a.towards(b, t) for a, b in zip(points, points[1:])]
    return points[0]


corners = [Point(0.0, 0.0), Point(1.0, 0.1), Point(0.6, 1.0), Point(-0.2, 0.7)]
random, at, grid = Random(7), Point(0.3, 0.3), [[0] * 60 for _ in range(60)]
for i in range(150000):
    at = at.towards(corners[random.below(4)], 0.5)
    x, y = int((at.x + 0.5) * 30), int((at.y + 0.5) * 30)
    if 0 <= x < 60 and 0 <= y < 60:
        grid[y][x] += 1
curve = [de_casteljau(corners, i / 8000) for i in range(8000)]
print(sum(map(sum, grid)), max(map(max, grid)), round(sum(p.x * p.y for p in curve), 6))
