# During throw() into a sub-generator the delegating generators are on the stack; what making the exception raises comes up inside.
import sys
def names(f):
    found = []
    while f and f.f_code.co_name != "<module>":
        found.append(f.f_code.co_name); f = f.f_back
    return found
def inner():
    try: yield 1
    except ValueError: print(names(sys._getframe()))
    yield 2
def outer(): yield from inner()
def outermost(): yield from outer()
g = outermost(); next(g); print(g.throw(ValueError))
class Closing:
    def __iter__(self): return self
    def __next__(self): return 1
    def throw(self, *a): print("throw", names(sys._getframe())); return 3
    def close(self): print("close", names(sys._getframe()))
def over(): yield from Closing()
g = over(); next(g); print(g.throw(KeyError)); g.close()
class E(Exception):
    def __new__(cls, *args): return cls
def plain(): yield
g = plain()
try: g.throw(E)
except TypeError as e: print(e)
print(next(g, "ended"))
def catching():
    try: yield 1
    except TypeError as e: print("inside:", e)
g = catching(); next(g)
try: g.throw(E)
except StopIteration: print("stopped")
