# OrderedDict's own errors for a missing key unpack a tuple, and leave out None; item deletion does not.
from collections import OrderedDict


def told(function, *args):
    try:
        function(*args)
    except KeyError as e:
        return e.args


class Ordered(OrderedDict):
    pass


for d in OrderedDict(a=1), Ordered(a=1):
    for key in None, (), (1,), (1, 2), "x", frozenset():
        print(repr(key), told(d.move_to_end, key), told(d.pop, key), told(d.__delitem__, key), told({}.pop, key), d.pop(key, 5))
