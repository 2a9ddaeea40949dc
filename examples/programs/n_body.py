"""Move the sun and the four gas giants under gravity, with a symplectic integrator.

    n_body.py [STEPS]
"""
import math
import sys

SOLAR_MASS = 4 * math.pi ** 2
DAYS = 365.24


class Body:
    __slots__ = ("name", "x", "y", "z", "vx", "vy", "vz", "mass")

    def __init__(self, name, position, velocity, mass):
        self.name = name
        self.x, self.y, self.z = position
        self.vx, self.vy, self.vz = (v * DAYS for v in velocity)
        self.mass = mass * SOLAR_MASS

    def kinetic(self):
        return 0.5 * self.mass * (self.vx ** 2 + self.vy ** 2 + self.vz ** 2)

    def distance(self, other):
        return math.sqrt((self.x - other.x) ** 2 + (self.y - other.y) ** 2 + (self.z - other.z) ** 2)


def solar_system():
    """Positions in astronomical units, velocities per day, masses in suns."""
    return [
        Body("Sun", (0, 0, 0), (0, 0, 0), 1.0),
        Body("Jupiter", (4.84143144246472090, -1.16032004402742839, -0.103622044471123109),
             (0.00166007664274403694, 0.00769901118419740425, -0.0000690460016972063023), 0.000954791938424326609),
        Body("Saturn", (8.34336671824457987, 4.12479856412430479, -0.403523417114321381),
             (-0.00276742510726411104, 0.00499852801234917238, 0.0000230417297573763929), 0.000285885980666130812),
        Body("Uranus", (12.8943695621391310, -15.1111514016986312, -0.223307578892655734),
             (0.00296460137564761618, 0.00237847173959480950, -0.0000296589568540237556), 0.0000436624404335156298),
        Body("Neptune", (15.3796971148509165, -25.9193146099879641, 0.179258772950371181),
             (0.00268067772490389322, 0.00162824170038242295, -0.0000951592254519715870), 0.0000515138902046611451),
    ]


class Simulation:
    def __init__(self, bodies):
        self.bodies = bodies
        self.pairs = [(a, b) for i, a in enumerate(bodies) for b in bodies[i + 1:]]
        self.cancel_momentum()

    def cancel_momentum(self):
        """Gives the first body the velocity that keeps the centre of mass still."""
        sun = self.bodies[0]
        for axis in ("vx", "vy", "vz"):
            momentum = sum(getattr(body, axis) * body.mass for body in self.bodies)
            setattr(sun, axis, getattr(sun, axis) - momentum / sun.mass)

    def energy(self):
        kinetic = sum(body.kinetic() for body in self.bodies)
        return kinetic - sum(a.mass * b.mass / a.distance(b) for a, b in self.pairs)

    def step(self, dt):
        for a, b in self.pairs:
            dx, dy, dz = a.x - b.x, a.y - b.y, a.z - b.z
            square = dx * dx + dy * dy + dz * dz
            strength = dt / (square * math.sqrt(square))
            pull, push = b.mass * strength, a.mass * strength
            a.vx -= dx * pull
            a.vy -= dy * pull
            a.vz -= dz * pull
            b.vx += dx * push
            b.vy += dy * push
            b.vz += dz * push
        for body in self.bodies:
            body.x += dt * body.vx
            body.y += dt * body.vy
            body.z += dt * body.vz


def main(argv):
    steps = int(argv[1]) if len(argv) > 1 else 2000
    simulation = Simulation(solar_system())
    start = simulation.energy()
    print(f"energy {start:.9f}")
    for _ in range(steps):
        simulation.step(0.01)
    end = simulation.energy()
    print(f"energy {end:.9f} after {steps} steps, drift {abs(end / start - 1):.2e}")
    sun = simulation.bodies[0]
    for body in simulation.bodies:
        print(f"{body.name:<8} {body.x:12.6f} {body.y:12.6f} {body.z:12.6f}  {body.distance(sun):10.6f} au from the sun")


if __name__ == "__main__":
    main(sys.argv)
