"""A name is a reference; an object lives as long as somebody refers to it."""
import ctypes
import sys


class Thing:
    def __del__(self):
        print("   deleted", self.name)


first = Thing()
first.name = "thing"
print("one name:", sys.getrefcount(first) - 1, "(the call itself holds one more)")
second = first
print("two names:", sys.getrefcount(first) - 1, "and one object:", first is second, id(first) == id(second))
print("the count as it stands in memory:", ctypes.c_long.from_address(id(first)).value)
held = [first, first]
print("and twice in a list:", sys.getrefcount(first) - 1)
held.clear()
second = None
print("one name again:", sys.getrefcount(first) - 1)
first = 10
print("the last name was given to another object, and the thing was gone at once")

numbers = [1, 2, 3]
before = id(numbers)
numbers += [4]
print("a list grows in place:", id(numbers) == before)
n = 10**20
before = id(n)
n += 1
print("a number is replaced:", id(n) != before)
