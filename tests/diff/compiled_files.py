# Compiled files hold Atoll's instructions: they have a tag and a magic number of their own, so that CPython's are never taken for them.
import importlib.util
import sys
print(sys.implementation.cache_tag, importlib.util.cache_from_source("/a/b.py"), importlib.util.MAGIC_NUMBER != b"\xa7\r\r\n", importlib.util.MAGIC_NUMBER[2:])
