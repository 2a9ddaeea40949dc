"""Equal strings that are one object, and small numbers that always are."""
import sys

a, b = "name_like_text", "name_like_" + "text"
print("constants that look like names are shared:", a is b)
c = "".join(["name", "_like_", "text"])
print("a string made at run time is another object:", a is c, "- though equal:", a == c)
print("until it is interned:", sys.intern(c) is a)
print("one-character strings are shared:", "xyz"[0] is "x"[0:1])
n, m = 256, int("256")
print("small numbers are shared:", n is m)
print("None, True and () exist once:", None is type(None)(), bool(1) is True, tuple([]) is tuple({}))
