# The texts of built-in functions' and types' __doc__ are Atoll's own (signatures aside); CPython's differ in wording.
import math
print(all(isinstance(f.__doc__, str) for f in (len, print, math.sqrt, str.upper, list)))
