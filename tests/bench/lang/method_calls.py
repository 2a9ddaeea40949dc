"""Methods: own, inherited, through super, static, property."""


class Base:
    def __init__(self, n):
        self.n = n

    def inherited(self, x):
        return self.n + x

    def overridden(self, x):
        return x


class Derived(Base):
    def own(self, x):
        return x + 1

    def overridden(self, x):
        return super().overridden(x) + 1

    @staticmethod
    def static(x):
        return x

    @property
    def double(self):
        return self.n * 2


def run(n):
    d = Derived(3)
    total = 0
    for i in range(n):
        total += d.own(i) + d.inherited(i) + d.overridden(i) + d.static(i) + d.double
    return total


print(run(1000000))
