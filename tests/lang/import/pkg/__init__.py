"""A package for tests."""
print("importing pkg")
value = 1
_private = 2
hidden = 3
def exported(): return "exported"
__all__ = ["exported", "value"]
