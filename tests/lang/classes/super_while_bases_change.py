# super() walks the MRO that it began with, even when a key of a class's dict assigns __bases__ on the way.
def key(text, act):
    class Key(str):
        def __hash__(self):
            return hash(text)

        def __eq__(self, other):
            act()
            return False

    return Key("not " + text)


def rebase():
    calls.append(1)
    Base.__bases__ = (type("Fresh", (), {"value": "fresh", "method": lambda self: "fresh method"}),)
    [object() for _ in range(50)]


calls = []
for text in ("value", "method"):
    Base = type("Base", (type("Original", (), {"value": "original", "method": lambda self: "original method"}),), {key(text, rebase): 1})

    class Derived(Base):
        def read(self):
            return super().value

        def call(self):
            return super().method()

        def apart(self):
            s = super()
            return s.value, s.method()

    o = Derived()
    print(o.read(), o.call(), o.apart(), o.read(), o.call(), len(calls) > 0)


class Meta(type):
    def mro(cls):
        return [cls, C, B, A, object]


class A:
    value = "A"

    def method(self):
        return "A.method"


class B:
    value = "B"

    def method(self):
        return "B.method"


class C(A, B):
    pass


class D(C, metaclass=Meta):
    def read(self):
        return super().value, super(D, self).value

    def call(self):
        return super().method(), super(D, self).method()


for _ in range(3):
    print(D().read(), D().call(), C().method(), D.value, D().method())


class Gone:
    pass


class Holder(Gone):
    def call(self):
        return super().nothing()


class Evil(str):
    def __hash__(self):
        return hash("nothing")

    def __eq__(self, other):
        raise ValueError("from __eq__")


Gone = type("Gone", (), {Evil("x"): 1})
Holder.__bases__ = (Gone,)
try:
    Holder().call()
except Exception as e:
    print(type(e).__name__, e)
