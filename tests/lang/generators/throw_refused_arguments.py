# Arguments that throw() refuses do not reach the generator.
import sys
def f():
    while True:
        try:
            print((yield))
        except ValueError as v:
            print("caught ValueError (%s)" % (v))
g=f(); next(g)
for args in [(ValueError,), (ValueError("xyz"),), (ValueError, ValueError(1)), (ValueError, TypeError(1)), (ValueError, ValueError(1), None), (ValueError(1), "foo"), (ValueError, "foo", 23), ("abc",), (0,), (list,)]:
    try: g.throw(*args)
    except TypeError as e: print(e)
    print(g.gi_frame is None)
def throw(g,exc):
    try:
        raise exc
    except:
        g.throw(*sys.exc_info())
throw(g,ValueError)
print(g.send(1))
