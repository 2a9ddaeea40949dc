# Setting or deleting what is not there: the AttributeError has no name and no obj, and makes no suggestion.
import types


class Plain:
    def __init__(self):
        self.colour = 1


class Slots:
    __slots__ = ("width",)


module = types.ModuleType("pieces")
plain = Plain()


def show(action):
    try:
        action()
    except AttributeError as e:
        print(e, "|", e.name, e.obj is not None)


def delete(o, name):
    show(lambda: delattr(o, name))


def assign(o, name):
    show(lambda: setattr(o, name, 1))


delete(plain, "color")
delete(Plain, "color")
delete(module, "color")
delete(Slots(), "widht")
delete(object(), "x")
delete(show, "x")
delete(3, "reel")
assign(3, "reel")
assign(3, "real")
assign(Slots(), "widht")
assign(object(), "x")
assign([], "append")
show(lambda: plain.color)
show(lambda: Plain.color)
show(lambda: module.color)
show(lambda: Slots().widht)
show(lambda: (3).reel)


def statement():
    del plain.color


show(statement)
