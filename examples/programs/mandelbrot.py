"""Draw the Mandelbrot set with characters.

    mandelbrot.py [WIDTH HEIGHT LIMIT]
"""
import sys

SHADES = " .,:;i1tfLCG08@"


def escape_time(cr, ci, limit):
    """Iterations before the point leaves the circle of radius 2."""
    zr = zi = 0.0
    for n in range(limit):
        zr2, zi2 = zr * zr, zi * zi
        if zr2 + zi2 > 4.0:
            return n
        zr, zi = zr2 - zi2 + cr, 2.0 * zr * zi + ci
    return limit


def escape_time_complex(c, limit):
    """The same with complex numbers."""
    z = 0j
    for n in range(limit):
        if abs(z) > 2.0:
            return n
        z = z * z + c
    return limit


class View:
    """A rectangle of the plane, cut into cells."""

    def __init__(self, left, right, bottom, top, width, height):
        self.left, self.bottom = left, bottom
        self.step_x = (right - left) / width
        self.step_y = (top - bottom) / height
        self.width, self.height = width, height

    def rows(self):
        for row in range(self.height):
            y = self.bottom + (self.height - row - 0.5) * self.step_y
            yield [(self.left + (column + 0.5) * self.step_x, y) for column in range(self.width)]


def shade(n, limit):
    if n == limit:
        return SHADES[-1]
    return SHADES[n * (len(SHADES) - 1) // limit]


def main(argv):
    width, height, limit = (int(arg) for arg in argv[1:4]) if len(argv) > 3 else (72, 28, 60)
    view = View(-2.2, 0.8, -1.2, 1.2, width, height)
    inside = total = 0
    for points in view.rows():
        counts = [escape_time(x, y, limit) for x, y in points]
        inside += counts.count(limit)
        total += sum(counts)
        print("".join(shade(n, limit) for n in counts).rstrip())
    cells = width * height
    area = inside * view.step_x * view.step_y
    print(f"{inside} of {cells} cells inside, area about {area:.4f}, {total} iterations")

    probes = [complex(re / 4, im / 4) for re in range(-8, 4, 2) for im in range(-4, 5, 2)]
    same = sum(escape_time_complex(c, limit) == escape_time(c.real, c.imag, limit) for c in probes)
    print(f"complex arithmetic agrees on {same} of {len(probes)} probes")


if __name__ == "__main__":
    main(sys.argv)
