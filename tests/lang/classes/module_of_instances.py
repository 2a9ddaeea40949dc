# Which instances of native types know a __module__: that of their class, where the class's dict names it.
import array
import collections
import datetime
import functools
import itertools
import io
import operator
import os
import random
import re
import struct
import time
import threading

for o in (functools.partial(print), re.compile("a"), re.match("a", "a"), operator.itemgetter(1), operator.attrgetter("a"),
          operator.methodcaller("a"), struct.Struct("i"), array.array("i"), threading.Lock(), threading.RLock(), threading.local(),
          time.gmtime(0), os.terminal_size((1, 2)), random.Random(1), collections.deque(), collections.OrderedDict(),
          datetime.date(1, 1, 1), itertools.count(), io.StringIO(), 1, "a", [], ValueError(), functools.cmp_to_key(len)):
    print(type(o).__name__, getattr(o, "__module__", None), "__module__" in vars(type(o)))


def wrapper():
    pass


part = functools.partial(print, 1)
print(functools.update_wrapper(wrapper, part).__module__, wrapper.__name__)


class Mine(functools.partial):
    pass


print(Mine(print).__module__, Mine.__module__, functools.partial.__module__)
