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
for call in (
    lambda: "%d" % x,
    lambda: [].remove(x),
    lambda: dict([x]),
    lambda: set([x, []]),
    lambda: list(map(x, [x])),
    lambda: sum([x, x]),
    lambda: isinstance(x, x),
    lambda: print(x, sep=x),
    lambda: range(x),
    lambda: "".join([x]),
    lambda: type("T", (x,), {}),
    lambda: super(x, x),
    lambda: x < x,
    lambda: -x,
    lambda: x @ x,
):
    try: call()
    except (TypeError, ValueError, KeyError, AttributeError): pass
del call
print(sys.getrefcount(x) - base)
