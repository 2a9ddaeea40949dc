# Files of packages by pkgutil, importlib.resources, open, os and pathlib; sources by inspect and linecache.
import importlib.resources, importlib.util, inspect, io, linecache, os, pathlib, pkgutil, sys, traceback
import withdata
print(repr(withdata.text), withdata.__name__, os.path.basename(withdata.__file__), [os.path.basename(p) for p in withdata.__path__])
files = importlib.resources.files("withdata")
print(sorted(entry.name for entry in files.iterdir() if entry.name != "__pycache__"), files.joinpath("words.txt").is_file(), (files / "inner").is_dir())
print((files / "words.txt").read_text().splitlines(), (files / "words.txt").read_bytes()[:5])
with importlib.resources.as_file(files / "words.txt") as path: print(path.name, path.exists())
here = os.path.dirname(withdata.__file__)
with open(os.path.join(here, "words.txt"), "rb") as f:
    print(type(f).__name__, type(f.raw).__name__, f.seekable(), f.writable(), f.seek(6), f.read(2), f.tell(), f.seek(-5, io.SEEK_END), f.read())
with open(os.path.join(here, "words.txt"), buffering=1) as f: print([line for line in f], f.mode, f.closed)
print(f.closed, sorted(n for n in os.listdir(here) if n != "__pycache__"), os.path.isdir(here), os.path.getsize(os.path.join(here, "words.txt")))
print(sorted((e.name, e.is_dir(), e.is_file()) for e in os.scandir(here) if e.name != "__pycache__"))
folder = pathlib.Path(here)
print(sorted(p.name for p in folder.glob("*.txt")), (folder / "absent").exists(), (folder / "inner" / "late.py").read_text(), (folder / "words.txt").stat().st_size)
print(sorted(m.name for m in pkgutil.iter_modules(withdata.__path__)), [(m.name, m.ispkg) for m in pkgutil.walk_packages(withdata.__path__, "withdata.")])
for name in ("withdata.inner.late", "withdata.absent", "withdata.inner"):
    spec = importlib.util.find_spec(name)
    print(name, spec and (spec.name, os.path.basename(spec.origin), spec.parent, spec.submodule_search_locations is not None))
print(inspect.getsource(withdata.fail), inspect.getsourcefile(withdata.fail) == withdata.__file__, linecache.getline(withdata.__file__, 3).strip())
try: withdata.fail(0)
except ZeroDivisionError as e: print([(f.name, f.lineno, f.line) for f in traceback.extract_tb(e.__traceback__)])
for mistake in (lambda: open(os.path.join(here, "absent.txt")), lambda: open(here), lambda: os.stat(os.path.join(here, "words.txt", "x")), lambda: os.listdir(os.path.join(here, "words.txt")), lambda: pkgutil.get_data("withdata", "absent"), lambda: os.listdir(os.path.join(here, "absent"))):
    try: mistake(); print("no error")
    except OSError as e: print(type(e).__name__, e.errno, e.strerror, os.path.basename(e.filename))
loader = withdata.__loader__
print(loader.name, loader.is_package("withdata"), loader.get_source("withdata")[:14], loader.get_filename("withdata") == withdata.__file__, loader.get_data(withdata.__file__)[:6])
