# The sys module.
import sys
print(sys.version_info[:2], sys.version_info.major, sys.version_info >= (3, 11), type(sys.version_info).__name__, sys.byteorder, sys.maxsize, sys.maxunicode, sys.hexversion >> 16 == 0x030b, sys.getrecursionlimit(), sys.getswitchinterval(), sys.getdefaultencoding(), sys.getfilesystemencoding(), sys.platform, sys.float_info.max, sys.int_info.bits_per_digit in (15, 30, 31, 32, 62, 63, 64), sys.hash_info.width, sys.hash_info.modulus, sys.hash_info.inf, sys.argv[1:], len(sys.argv), "sys" in sys.modules, sys.modules["sys"] is sys, sys.modules["__main__"].__name__, isinstance(sys.path, list), sys.flags.optimize, sys.flags.debug, sys.dont_write_bytecode in (True, False), sys.copyright[:0], sys.api_version > 0, sys.stdin.readable(), sys.stdout.writable(), sys.stdout.encoding.lower(), sys.stderr.name if 0 else "", type(sys.stdout).__name__, isinstance(sys.builtin_module_names, tuple), "sys" in sys.builtin_module_names, sys.warnoptions, sys.float_repr_style, sys.thread_info.name, sys.getsizeof(1) > 0, sys.getsizeof([]) < sys.getsizeof([1] * 100), sys.is_finalizing(), callable(sys.exit), sys.__stdout__ is sys.stdout, sys.ps1 if hasattr(sys, "ps1") else "no ps1", sep="\n")
for s in (
    "sys.exit.__name__",
    "sys.nope",
    "sys.getsizeof()",
    "sys.getsizeof(object(), 1) > 0",
    "sys.setrecursionlimit(-1)",
    "sys.setswitchinterval(0)",
    "sys.setswitchinterval('a')",
    "sys.intern(5)",
    "sys.intern('a') is sys.intern('a')",
    "sys._getframe(1000)",
    "sys._getframe().f_code.co_name",
    "sys._getframe('a')",
    "sys.exc_info()",
):
    try: print(s, "=", eval(s))
    except Exception as e: print(s, "->", type(e).__name__, e)
