# What exceptions are told by whoever notices: AttributeErrors raised by hand learn name and object; ImportError.__init__ resets.
import sys

class Hand:
    blech = 1
    def __getattr__(self, name):
        raise AttributeError()
    @property
    def prop(self):
        raise AttributeError("mine")

hand = Hand()
for f in (lambda: hand.bluch, lambda: hand.prop, lambda: getattr(hand, "other"), lambda: hand.method()):
    try:
        f()
    except AttributeError as e:
        print(e.args, e.name, e.obj is hand)

class Named:
    def __getattr__(self, name):
        raise AttributeError("x", name="own")
try:
    Named().thing
except AttributeError as e:
    print(e.name, e.obj)

e = ImportError("test", name="n", path="p")
e.__init__()
print(e.args, e.msg, e.name, e.path)
e.__init__("again", name="m")
print(e.args, e.msg, e.name, e.path)

sys.stderr = sys.stdout
for details in (("bad.py", 1, 2, "abcdefg", 1, 100), ("bad.py", 1, 2, "abcdefg", 1, 7), ("bad.py", 1, 0, "abcdefg", 1, 0),
                ("bad.py", 1, 4, "abcdefg\n", 1, 200), ("bad.py", 1, 100, "abcdefg", 1, 101), ("bad.py", 1, 3, "abcdefg", 2, 1)):
    try:
        raise SyntaxError("bad bad", details)
    except SyntaxError:
        sys.__excepthook__(*sys.exc_info())
