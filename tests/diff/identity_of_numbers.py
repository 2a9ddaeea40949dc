# Ints of 63 bits and common floats are held in place, not as objects: equal ones are identical, whatever made them, and their
# reference counts are those of immortal objects. CPython shares only small ints.
import sys
print(int("1000") is int("1000"), float("2.5") is float("2.5"), id(10**15) == id(10**15))
print(sys.getrefcount(int("1000")) == sys.getrefcount(int("1000000")))
