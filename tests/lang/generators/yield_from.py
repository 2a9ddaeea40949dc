# Delegation: values, sends, throws, return values.
def inner():
    r = yield "i1"
    print("inner got", r)
    try: yield "i2"
    except ValueError as e: print("inner caught", e); yield "after"
    return "inner result"
def outer():
    result = yield from inner()
    print("result", result)
    yield from [1, 2]
    yield from (x * x for x in range(3))
    yield from "ab"
    r = yield from iter(())
    print("empty gives", r)
    return "outer result"
it = outer(); print(next(it), it.send("s"), it.throw(ValueError("t")), list(it))
def ret():
    return (yield from outer2())
def outer2():
    yield 1
    return 2
it = ret(); print(next(it))
try: next(it)
except StopIteration as e: print(e.value)
def tree(t):
    if isinstance(t, list):
        for x in t: yield from tree(x)
    else: yield t
print(list(tree([1, [2, [3, [4, []]]], 5])))
def deep(n):
    if n: yield from deep(n - 1)
    yield n
print(sum(deep(300)), list(deep(4)))
def d(): yield from 5
try: next(d())
except TypeError as e: print(e)
class It:
    def __iter__(self): return self
    def __init__(self): self.n = 0
    def __next__(self):
        self.n += 1
        if self.n > 3: e = StopIteration("it value"); raise e
        return self.n
    def close(self): print("It.close")
def use():
    v = yield from It()
    print("v", v); yield "end"
print(list(use()))
it = use(); next(it); it.close()
it = use(); next(it)
try: it.send(5)
except AttributeError as e: print(e)
it = use(); next(it)
try: it.throw(ValueError("no throw method"))
except ValueError as e: print(e)
class T(It):
    def throw(self, *a): print("throw called", type(a[0]).__name__ if not isinstance(a[0], type) else a[0].__name__); return "from throw"
    def send(self, v): return ("sent", v)
def use2(): yield from T()
it = use2(); print(next(it), it.send(9), it.throw(KeyError("k")))
def chain(*its):
    for i in its: yield from i
print(list(chain([1], (2,), {3: 0}, "x", range(2))))
def y(): x = yield from [1]; yield x
print(list(y()))
g1 = inner(); 
def twice(): yield from g1; yield from g1
t = twice(); print(next(t), g1.gi_running, t.gi_yieldfrom is g1); print(list(t))
