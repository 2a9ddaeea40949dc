# Did you mean: for names, attributes and imports.
# compare: stderr
import sys, traceback
def show(f):
    try: f()
    except Exception as e: print(traceback.format_exception_only(type(e), e)[-1], end="")
class A:
    blech = None
    def method_long(self): pass
def f1(): value = 1; vlaue
def f2(): A().bleck
def f3(): A().method_lon()
def f4(): pritn("x")
def f5(): "abc".uper()
def f6(): [].apend(1)
def f7(): import math; math.sqr
def f8(): from collections import namedtupl
def f9(): zzzzzzzzz
def f10(): A.blexh
def f11(): sys
def f12():
    class B:
        def __init__(self): self.foo = 1
        def m(self): return foo
    B().m()
for f in (f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12): show(f)
A().method_lnog
