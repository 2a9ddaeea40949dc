# import in its forms; what they bind.
import math, sys as system
import os.path
import collections.abc as cabc
from math import floor, ceil as c
from collections import (OrderedDict,
    deque as dq,)
print(math.__name__, system.__name__, os.path.__name__ in ("posixpath",), os.__name__, cabc.__name__, floor(1.5), c(1.5), OrderedDict.__name__, dq.__name__)
def f():
    import json
    from string import digits
    return json.__name__, digits, "json" in globals()
print(f(), "math" in sys_modules if 0 else "math" in system.modules)
class A:
    import operator
    from functools import reduce
print(A.operator.add(1, 2), A.reduce(max, [1, 3]))
for st in ("import no_such_module", "import math.nothing", "from math import nothing", "from no_such import x", "import os.nothing", "from os import nothing_here", "from . import x", "from .x import y", "import math.floor", "from math.floor import x", "import a.b.c", "from collections.nope import x"):
    try: exec(st)
    except ImportError as e: print(st, "->", type(e).__name__, e, e.name)
import math as m1, math as m2; print(m1 is m2 is math, math is system.modules["math"])
del math
import math; print(math.pi > 3)
exec("from math import *", ns := {}); print("sin" in ns, "_x" in ns, len(ns) > 30)
if True: import textwrap
try: import nope
except ImportError: nope = None
print(textwrap.__name__, nope)
