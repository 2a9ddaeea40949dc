# del, pass, assert, Ellipsis and expression statements.
x = y = 1
del x
try:
    x
except NameError as e:
    print(e)
a, b, c = 1, 2, 3
del a, (b, [c])
for name in "abc":
    print(name in globals())
lst = list(range(10))
del lst[0], lst[-1], lst[2:4]
print(lst)
del lst[::2]
print(lst)
d = {"a": 1, "b": 2}
del d["a"]
print(d)
class C:
    attr = 1
    def __delattr__(self, name): print("delattr", name)
    def __delitem__(self, key): print("delitem", key)
del C().anything
del C()[1:2]
del C()[1, 2]
del C.attr
print(hasattr(C, "attr"))
def f():
    local = 1
    del local
    try:
        local
    except UnboundLocalError as e:
        print(e)
f()
try:
    assert 1 == 2, "message here"
except AssertionError as e:
    print(repr(e))
try:
    assert 0
except AssertionError as e:
    print(repr(e), e.args)
assert True, 1 / 0
try:
    assert (), {"a": 1}
except AssertionError as e:
    print(e.args)
def stub(): ...
class Empty: ...
print(stub(), ..., Ellipsis is ...)
1; "string"; None
pass
for statement in ("del missing", "del lst[100]", "del d['zz']", "del C.nope", "del lst[0:1][5]"):
    try:
        exec(statement)
    except Exception as e:
        print(type(e).__name__, e)
