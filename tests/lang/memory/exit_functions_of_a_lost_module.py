# atexit functions run even if the module was taken out of sys.modules and imported anew.
import atexit, sys
atexit.register(print, "first")
del sys.modules["atexit"], atexit
import atexit
atexit.register(print, "second")
del sys.modules["atexit"], atexit
print("end")
