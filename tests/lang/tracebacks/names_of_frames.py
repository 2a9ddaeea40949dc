# compare: stderr
import traceback
class A:
    def method(self): self.helper()
    def helper(self): raise ValueError("in method")
    @staticmethod
    def st(): A().method()
    @classmethod
    def cl(cls): cls.st()
    class Inner:
        def deep(self): A.cl()
def outer():
    def inner(): A.Inner().deep()
    return (lambda: inner())()
def gen():
    yield from (outer() for _ in range(1))
async def co(): return next(gen())
def run():
    try: co().send(None)
    except StopIteration: pass
def comp(): return [run() for _ in "a"]
def dcomp(): return {k: comp() for k in "k"}
def scomp(): return {dcomp() for _ in "s"}
try: scomp()
except ValueError: traceback.print_exc()
class Meta(type):
    def __new__(m, n, b, d): raise TypeError("in metaclass")
try:
    class B(metaclass=Meta): pass
except TypeError: traceback.print_exc()
def deco(f): raise KeyError("in decorator")
try:
    @deco
    def f(): pass
except KeyError: traceback.print_exc()
class C:
    body = outer()
