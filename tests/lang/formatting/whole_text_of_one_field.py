# A field that alone makes up the result is the very text that its __str__, __repr__ or __format__ gave.
class Text(str):
    pass


class Thing:
    def __str__(self):
        return Text("str")

    def __repr__(self):
        return Text("repr")

    def __format__(self, spec):
        return Text(spec or "format")


class Blank:
    def __str__(self):
        return Text()

    __format__ = __repr__ = lambda self, *args: Text()


o, b = Thing(), Blank()


def show(**kept):
    for name, value in kept.items():
        print(name, type(value).__name__, ascii(value), end="; ")
    print()


show(a="%s" % o, b="%s" % (o,), c="%r" % o, d="%a" % o, e="%(k)s" % {"k": o}, f="%-3s" % o, g="%2s" % o, h="%9s" % o)
show(a="%.2s" % o, b="%.9s" % o, c="%+s" % o, d="% s" % o, e="%#s" % o, f="%0s" % o, g=" %s" % o, h="%s " % o, i="%s%s" % ("", o))
show(a="%s%s" % (b, o), b="%s%s" % (o, b), c="%s" % b, d="%s" % Text("t"), e="%c" % Text("c"), f=Text("%s") % o, g="%s%%" % o)
show(a="{}".format(o), b="{!s}".format(o), c="{!r}".format(o), d="{0}".format(o), e="{:x}".format(o), f="{:{}}".format(o, o))
show(a=" {}".format(o), b="{} ".format(o), c="{}{}".format("", o), d="{}{}".format(o, ""), e="{}{}".format(b, o), f="{}".format(b))
show(a="{k}".format_map({"k": o}), b="{}".format(Text("t")), c="{{{}".format(o), d="{}}}".format(o), e="{0.__class__.__name__}".format(o))
show(a=f"{o}", b=f"{o!s}", c=f"{o!r}", d=f" {o}", e=format(o), f=str(o), g=repr(o))
for text in "%s", "%s%s", "%s %s":
    for wrong in (), (o, o, o):
        try:
            print(text % wrong)
        except TypeError as e:
            print(e)
plain = "".join(["pl", "ain"])
print("{}".format(plain) is plain, "%s" % plain is plain, "%s" % (plain,) is plain, f"{plain}" is plain)
print("{:>2}".format(plain), "%2s" % plain, b"%s" % b"x", b"%a" % o, b"%b" % b"long enough", type(b"%s" % bytearray(b"q")))
