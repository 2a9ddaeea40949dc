# Calls that fail do not leak their arguments.
import sys
x = object()
base = sys.getrefcount(x)
def f(a): pass
for call in (
    lambda: f(x, x),
    lambda: f(b=x),
    lambda: f(*[x, x]),
    lambda: f(**{"a": x, "b": x}),
    lambda: len(x),
    lambda: int(x),
    lambda: x + x,
    lambda: x[x],
    lambda: [1, 2].index(x),
    lambda: {}[x],
    lambda: sorted([x, x]),
    lambda: max(x, x),
    lambda: iter(x),
    lambda: x(),
    lambda: getattr(x, "nope"),
    lambda: setattr(x, "a", x),
):
    try: call()
    except (TypeError, ValueError, KeyError, AttributeError): pass
del call
print(sys.getrefcount(x) - base)
