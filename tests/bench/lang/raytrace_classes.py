"""A small ray tracer: vectors, spheres, a plane, shadows and reflections, all as objects."""
import math


class Vector:
    __slots__ = ("x", "y", "z")

    def __init__(self, x, y, z):
        self.x, self.y, self.z = x, y, z

    def dot(self, o):
        return self.x * o.x + self.y * o.y + self.z * o.z

    def __add__(self, o):
        return Vector(self.x + o.x, self.y + o.y, self.z + o.z)

    def __sub__(self, o):
        return Vector(self.x - o.x, self.y - o.y, self.z - o.z)

    def __mul__(self, k):
        return Vector(self.x * k, self.y * k, self.z * k)

    @property
    def length(self):
        return math.sqrt(self.dot(self))

    def unit(self):
        return self * (1.0 / self.length)

    def mirrored(self, normal):
        return self - normal * (2.0 * self.dot(normal))


class Sphere:
    def __init__(self, centre, radius, shade):
        self.centre, self.radius, self.shade = centre, radius, shade

    def hit(self, origin, direction):
        away = self.centre - origin
        along = away.dot(direction)
        under = self.radius * self.radius - away.dot(away) + along * along
        return along - math.sqrt(under) if under > 0.0 else None

    def normal(self, at):
        return (at - self.centre).unit()


class Floor:
    def __init__(self, height, shade):
        self.height, self.shade = height, shade

    def hit(self, origin, direction):
        return (self.height - origin.y) / direction.y if abs(direction.y) > 1e-9 else None

    def normal(self, at):
        return Vector(0.0, 1.0, 0.0)


class Scene:
    def __init__(self, things, light):
        self.things, self.light = things, light

    def nearest(self, origin, direction):
        best, found = None, None
        for thing in self.things:
            distance = thing.hit(origin, direction)
            if distance is not None and distance > 1e-6 and (best is None or distance < best):
                best, found = distance, thing
        return best, found

    def trace(self, origin, direction, depth=0):
        distance, thing = self.nearest(origin, direction)
        if thing is None:
            return 0.1 + 0.2 * max(0.0, direction.y)
        at = origin + direction * distance
        normal = thing.normal(at)
        to_light = (self.light - at).unit()
        shade = 0.05
        if self.nearest(at + normal * 1e-4, to_light)[1] is None:
            shade += thing.shade * max(0.0, normal.dot(to_light))
        if depth < 2:
            shade += 0.3 * self.trace(at + normal * 1e-4, direction.mirrored(normal), depth + 1)
        return shade


scene = Scene([Sphere(Vector(0.4 * i, 0.3 * (i % 2), 3.0 + i), 0.5, 0.7) for i in range(4)] + [Floor(-0.6, 0.5)],
              Vector(-4.0, 6.0, -2.0))
rows = []
for j in range(78):
    rows.append([scene.trace(Vector(0.0, 0.0, -1.0), Vector((i - 60) / 60, (39 - j) / 60, 1.0).unit()) for i in range(120)])
print("\n".join("".join(" .:-=+*#%@"[min(9, int(v * 9))] for v in row) for row in rows))
