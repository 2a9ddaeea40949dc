# Annotations of functions, classes and modules.
import sys
def f(a: int, b: "str" = "x", *args: float, c: list[int] = None, **kw: dict) -> None: ...
print(f.__annotations__)
x: int = 1
y: "undefined"
z: list[str]
print(__annotations__)
class A:
    p: int
    q: str = "s"
    r: "A" = None
    def m(self, v: int) -> "A": local: int = 5; return local
print(A.__annotations__, A().m(1), hasattr(A, "p"))
class B(A):
    s: float
print(B.__annotations__, "__annotations__" in vars(B))
class C(A): pass
print("__annotations__" in vars(C), C.__annotations__)
def g():
    inner: undefined_name_is_not_evaluated = 1
    other: print("never")
    return inner
print(g(), g.__annotations__)
(w): int = 5
print(w, "w" in __annotations__)
d = {}
d["k"]: int = 6
A.attr: int = 7
print(d, A.attr, sorted(__annotations__))
def h(x: print("evaluated at def")): pass
f.__annotations__["a"] = "changed"
print(f.__annotations__["a"])
del f.__annotations__
print(f.__annotations__)
try:
    f.__annotations__ = 5
except TypeError as e:
    print(e)
print(int | str, int | None, list[int], dict[str, list[int]], tuple[int, ...], type[int])
print(list[int].__origin__, list[int].__args__, (int | str).__args__, int | str == str | int)
lam = lambda a: a
print(lam.__annotations__)
