# A mapping after ** may give a key twice: that is a repeated argument, whatever stands before it.
from collections.abc import Mapping

class Repeating(Mapping):
    def __init__(self, items):
        self.items_ = items
    def __iter__(self):
        return (k for k, v in self.items_)
    def __len__(self):
        return len(self.items_)
    def __getitem__(self, key):
        return dict(self.items_)[key]
    def keys(self):
        return [k for k, v in self.items_]

def f(**kw):
    return kw

twice = Repeating([("x", 1), ("x", 2)])
for call in (lambda: f(**twice), lambda: f(a=3, **twice), lambda: f(**Repeating([("a", 3)]), **twice),
             lambda: f(**{1: 3}, **{1: 5}), lambda: f(**{1: 3}), lambda: f(**5), lambda: f(**Repeating([([], 1)])),
             lambda: {**twice}, lambda: f(a=1, **Repeating([("b", 2)]))):
    try:
        print(call())
    except TypeError as e:
        print(e)

import sys
def keep(frames=[]):
    frames.append(sys._getframe(1))
    return frames
def ends():
    keep()
    if keep:
        x = 1
    return [
        2]
ends()
print(keep()[0].f_lineno - ends.__code__.co_firstlineno)
