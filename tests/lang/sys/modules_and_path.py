# sys.modules, sys.path and friends.
import sys, math
print(sys.modules["math"] is math, "sys" in sys.modules, sys.modules[__name__].__name__, type(sys.modules).__name__, isinstance(sys.path, list), all(isinstance(p, str) for p in sys.path), isinstance(sys.meta_path, list), isinstance(sys.path_hooks, list), isinstance(sys.path_importer_cache, dict), sys.version.startswith("3.11"), sys.implementation.name in ("cpython", "atoll"), sys.implementation.version[:2], sys.hexversion >= 0x030b0000, sys.version_info[3], sys.platlibdir, type(sys.flags).__name__, sys.flags.bytes_warning, sys.executable is not None, sys.prefix is not None, sys.pycache_prefix, sys.getfilesystemencodeerrors(), sys.orig_argv is not None, sys.stdlib_module_names >= {"os", "sys"}, len(sys.builtin_module_names) > 5)
m = sys.modules.pop("math"); import math as again; print(again is m, again.pi == m.pi); sys.modules["math"] = m
class Fake: value = "not a module"
sys.modules["fake_mod"] = Fake; import fake_mod; print(fake_mod.value); from fake_mod import value; print(value)
try: from fake_mod import nothing
except ImportError as e: print(e)
del sys.modules["fake_mod"]
try: import fake_mod
except ModuleNotFoundError as e: print(e)
sys.path.append("/no/such/dir"); print(sys.path[-1]); sys.path.pop()
