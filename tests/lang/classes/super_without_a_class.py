# super objects that __init__ has not filled, subclasses of super, and super() after its first argument is gone.
class MySuper(super):
    calls = []

    def __init__(self, *args):
        self.calls.append(args)
        if args:
            super().__init__(*args)


class A:
    def f(self):
        return "A.f"

    value = property(lambda self: "A.value")


class B(A):
    def gone(self):
        del self
        return super().value

    def gone_call(self):
        del self
        return super().f()

    def handler(self):
        try:
            raise ValueError
        except ValueError as self:
            pass
        return super().f()

    def back(self, other):
        del self
        self = other
        return super().f(), super().value


b = B()
made = MySuper.__new__(MySuper)
bound = made.__get__(b, B)
print(type(bound).__name__, MySuper.calls, bound.__thisclass__, bound.__self__)
print(MySuper(B).__get__(b, B).f(), [len(c) for c in MySuper.calls])
plain = super.__new__(super)
print(plain.__thisclass__, plain.__self__, plain.__self_class__)
try:
    plain.__get__(b, B)
except TypeError as e:
    print(e)
for name in ("gone", "gone_call", "handler"):
    try:
        print(getattr(b, name)())
    except RuntimeError as e:
        print(e)
print(b.back(b))


class Replaced(A):
    def f(self):
        del self
        return super().real


super = lambda: 5
print(Replaced().f())
del super

import sys

events = []


def profile(frame, event, arg):
    if event.startswith("c_") and arg in (globals, len):
        events.append((event, arg.__name__))


class Profiled(A):
    def f(self):
        return super().missing


super = globals
sys.setprofile(profile)
try:
    Profiled().f()
except AttributeError as e:
    sys.setprofile(None)
    print(e)
super = len
sys.setprofile(profile)
try:
    Profiled().f()
except TypeError as e:
    sys.setprofile(None)
    print(e)
print(events)
