# Where a property's docstring goes when the class is a subclass, and what a copy keeps.
class Plain(property):
    pass


class Slotted(property):
    __slots__ = ("more",)


def bare(self):
    return 1


def told(self):
    "told"
    return 2


for cls in property, Plain, Slotted:
    for arguments in ({}, {"doc": "given"}, {"fget": bare}, {"fget": told}, {"fget": told, "doc": "given"}, {"fget": bare, "doc": "given"}):
        try:
            p = cls(**arguments)
            print(cls.__name__, arguments.keys(), p.__doc__, getattr(p, "__dict__", None), end=" ")
            for change in (lambda: p.getter(told), lambda: p.getter(bare), lambda: p.setter(bare)):
                print(change().__doc__, end=" ")
            print()
        except AttributeError as e:
            print(e)
