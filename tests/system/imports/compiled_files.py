"""Compiled files: kept in __pycache__, good for the source's time and size, found without a source, moved."""
import importlib
import os
import py_compile
import shutil
import sys
import traceback

here = sys.argv[1]
sys.path.insert(0, here)
sys.dont_write_bytecode = False
source = os.path.join(here, "kept.py")


def put(text, time):
    with open(source, "w") as file:
        file.write(text)
    os.utime(source, (time, time))


def again():
    sys.modules.pop("kept", None)
    importlib.invalidate_caches()
    return importlib.import_module("kept")


put("x = 1\ndef f(): return x / 0\n", 1000)
module = again()
cached = module.__cached__
print(os.path.relpath(cached, here).replace("atoll", "cpython"), os.listdir(os.path.dirname(cached)) == [os.path.basename(cached)])
kept = os.stat(cached).st_mtime_ns
module = again()
print(module.x, os.stat(cached).st_mtime_ns == kept, module.f.__code__.co_filename == source)
try:
    module.f()
except ZeroDivisionError:
    print(traceback.format_exc().splitlines()[-3:])
put("x = 2\ndef f(): return x / 0\n", 2000)
print(again().x)
put("x = 3\ndef f(): return x / 0\n", 2000)
print(again().x)
with open(cached, "wb") as file:
    file.write(b"junk")
print(again().x)

other = os.path.join(here, "other")
os.mkdir(other)
shutil.copytree(os.path.dirname(cached), os.path.join(other, "__pycache__"))
shutil.copy2(source, other)
sys.path[0] = other
module = again()
print(os.path.relpath(module.f.__code__.co_filename, here))
sys.path[0] = here

os.remove(source)
try:
    again()
except ImportError as e:
    print(e)
put("x = 7\n", 3000)
os.chdir(here)
py_compile.compile(source, cfile="kept.pyc")
os.remove(source)
module = again()
print(module.x, module.__file__ == source + "c", module.__cached__ == source + "c", type(module.__loader__).__name__)
sys.dont_write_bytecode = True
shutil.rmtree(os.path.dirname(cached))
os.remove(source + "c")
put("x = 8\n", 4000)
print(again().x, sorted(os.listdir(here)))
for invalid in (b"", b"\0\1\r\n" + bytes(20)):
    os.remove(source) if os.path.exists(source) else None
    with open(source + "c", "wb") as file:
        file.write(invalid)
    try:
        again()
    except (ImportError, EOFError) as e:
        print(type(e).__name__, str(e).replace(here, ""))
