# super() with a __class__ that is no class; object.__init_subclass__ refuses by the class's whole name.
class Odd:
    def call(self):
        nonlocal __class__
        __class__ = 3
        return super()

    def attribute(self):
        return super().attribute

    def method(self):
        return super().method(1)

    def written(self):
        return super(__class__, self).written

    def gone(self):
        nonlocal __class__
        del __class__
        return super().gone()


odd = Odd()
for function in odd.call, odd.attribute, odd.method, odd.written, odd.gone, odd.gone, odd.method:
    try:
        print(function())
    except (RuntimeError, TypeError, NameError) as e:
        print(type(e).__name__, e)


def define(**keywords):
    class Local(**keywords):
        pass

    return Local


class Outer:
    class Inner(dict):
        pass


def told(function, *args, **keywords):
    try:
        print(function(*args, **keywords))
    except TypeError as e:
        print(e)


told(define, x=1)
for base in Outer.Inner, define(), int, type("Made.up", (), {}):
    told(type, "Derived", (base,), {}) if base is None else told(type, "Derived", (base,), {}, x=1)
    told(base.__init_subclass__, x=1)
    told(base.__init_subclass__, 1, 2)
    told(base.__init_subclass__)
    told(base.__subclasshook__, x=1)
    told(base.__subclasshook__)
    told(base.__subclasshook__, 1)
for text in "super().x", "super().x(1)", "super()", "super(__class__, self).x", "__class__", "super().x = 3":
    try:
        exec(f"class Early:\n    def f(self):\n        {text}\n\n    f(1)")
    except (RuntimeError, NameError) as e:
        print(text, "|", type(e).__name__, e)
