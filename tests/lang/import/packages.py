# Packages, relative imports, __init__, __all__, submodules.
import pkg
print(pkg.__name__, pkg.__package__, pkg.value, hasattr(pkg, "sub"), pkg.__path__[0].endswith("pkg"), pkg.__file__.endswith("__init__.py"))
import pkg.sub.deep
print(pkg.sub.deep.where(), pkg.sub.deep.__name__, pkg.sub.deep.__package__, pkg.sub.name)
from pkg import sibling, value as v
print(sibling.who(), v)
from pkg.sub import deep as d, name
print(d is pkg.sub.deep, name)
from pkg import *
print(exported(), "hidden" in globals(), "_private" in globals())
import pkg.sibling as s; print(s.up())
for st in ("from pkg import nothing", "import pkg.nothing", "from pkg.sub import beyond_top", "from pkg.broken import x", "from pkg.raises import x", "import pkg.raises"):
    try: exec(st)
    except Exception as e: print(st, "->", type(e).__name__, str(e).split(" (")[0])
import sys; print("pkg.sub.deep" in sys.modules, "pkg.raises" in sys.modules, sorted(n for n in sys.modules if n.startswith("pkg")))
