# A class may have what belongs to another one: caches of attribute lookups must not forget whose it is, nor what it became.
class Owner:
    __slots__ = ("slot",)

class Borrower:
    __slots__ = ("own",)
    borrowed = Owner.slot

class Plain:
    borrowed = Owner.slot

def load(o):
    try:
        return o.borrowed
    except TypeError as e:
        return str(e)

def store(o):
    try:
        o.borrowed = 42
    except TypeError as e:
        return str(e)

borrower = Borrower()
borrower.own = 1
for o in borrower, Plain():
    print({load(o) for _ in range(200)})
    print({store(o) for _ in range(200)})

class Late:
    pass

class Holder:
    x = Late()
    def __init__(self):
        self.x = 1

def get(o):
    return o.x

holder = Holder()
print({get(holder) for _ in range(200)})
Late.__get__ = lambda self, instance, owner: 2
print({get(holder) for _ in range(200)})
Late.__set__ = lambda self, instance, value: None
print({get(holder) for _ in range(200)})
del Late.__set__
print({get(holder) for _ in range(200)})

class Turning:
    pass

class Turned:
    def __get__(self, instance, owner):
        return "turned"
    def __set__(self, instance, value):
        pass

class Second:
    x = Turning()
    y = Turning()
    def __init__(self):
        self.x = 1
        self.y = 2

second = Second()
def both(o):
    return o.x, o.y
print({both(second) for _ in range(200)})
Second.__dict__["x"].__class__ = Turned
print({both(second) for _ in range(200)})

class Base:
    pass
class Based(Base):
    pass
class Third:
    x = Based()
    def __init__(self):
        self.x = 1
third = Third()
print({get(third) for _ in range(200)})
Based.__bases__ = (Turned,)
print({get(third) for _ in range(200)})

class WrongNew(list):
    __new__ = object.__new__
print(WrongNew("ab"))
class WrongNew(object):
    __new__ = list.__new__
print(type(WrongNew()))
class Own(list):
    def __new__(cls):
        return list.__new__(cls)
class WrongNew(Own):
    __new__ = object.__new__
try:
    WrongNew()
except TypeError as e:
    print(e)
