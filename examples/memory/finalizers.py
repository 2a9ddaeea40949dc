"""__del__ runs once, its errors are told and forgotten, and it can bring its object back."""
import gc
import sys

told = []
sys.unraisablehook = lambda args: told.append(f"{args.exc_type.__name__}: {args.exc_value}")


class Person:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("   finalizing", self.name)


person = Person("Ada")
person = None
other = Person("Grace")
del other


class Careless:
    def __del__(self):
        raise RuntimeError("in a finalizer")


Careless()
print("an error in __del__ does not come out:", told)

rescued = []


class Phoenix:
    def __del__(self):
        print("   rising")
        rescued.append(self)


Phoenix()
print("it lives again:", len(rescued))
rescued.clear()
gc.collect()
print("and dies without a second __del__")
