# The interpreter says what it is: sys.implementation.name is "atoll", where CPython says "cpython".
import sys
print(sys.implementation.name)
