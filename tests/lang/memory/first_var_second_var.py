# The notes' first example: counting the names of a value.
import sys
first_var = object()
print(sys.getrefcount(first_var) - 1)
second_var = first_var
print(sys.getrefcount(first_var) - 1, sys.getrefcount(second_var) - 1)
first_var = "other"
print(sys.getrefcount(second_var) - 1)
second_var = None
print(first_var, second_var)
