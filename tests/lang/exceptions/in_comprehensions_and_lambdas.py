# Exceptions out of comprehensions, lambdas, defaults and decorators.
def catch(f):
    try: return f()
    except Exception as e: return type(e).__name__, str(e)
print(catch(lambda: [1 / x for x in (1, 0)]), catch(lambda: {x: y for x, y in [(1, 2), 3]}), catch(lambda: {[] for _ in "a"}), catch(lambda: list(x.y for x in [1])), catch(lambda: (lambda: {}["k"])()), catch(lambda: sorted([1, "a"])), catch(lambda: next(iter([]))), catch(lambda: [a for a in b]), catch(lambda: max([])), catch(lambda: int("z", 36) + int("!", 36)))
def deco(f): raise ValueError("deco fails")
try:
    @deco
    def f(): pass
except ValueError as e: print(e, "f" in globals())
try:
    def g(x=1 / 0): pass
except ZeroDivisionError as e: print(e)
try:
    class A(undefined): pass
except NameError as e: print(e)
try:
    class B: x = 1 / 0
except ZeroDivisionError: print("B" in globals())
try:
    class C(metaclass=5): pass
except TypeError as e: print(e)
def gen():
    try: yield 1
    finally: print("gen finally")
print(catch(lambda: [1 / (x - 1) for x in gen()]))
import gc; gc.collect()
try: print(f"{1 / 0}")
except ZeroDivisionError: print("in f-string")
try: assert False, 1 / 0
except ZeroDivisionError: print("in assert message")
try: raise (1 / 0)
except ZeroDivisionError: print("in raise")
try: del {}["a"], x
except KeyError: print("in del")
