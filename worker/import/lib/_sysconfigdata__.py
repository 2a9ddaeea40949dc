"""What sysconfig tells of the build: this interpreter is one executable without a C API."""
build_time_vars = {
    "ABIFLAGS": "", "AR": "ar", "ARFLAGS": "rcs", "CC": "gcc", "CCSHARED": "-fPIC", "CFLAGS": "", "CONFIG_ARGS": "", "CXX": "g++",
    "EXE": "", "EXT_SUFFIX": ".cpython-311-x86_64-linux-gnu.so", "HAVE_GETENTROPY": 1, "LDSHARED": "gcc -shared", "LIBDIR": "/usr/lib",
    "MULTIARCH": "x86_64-linux-gnu", "OPT": "", "PY_CFLAGS": "", "PY_LDFLAGS": "", "Py_DEBUG": 0, "Py_ENABLE_SHARED": 0,
    "SHLIB_SUFFIX": ".so", "SIZEOF_VOID_P": 8, "SOABI": "cpython-311-x86_64-linux-gnu", "TZPATH": "/usr/share/zoneinfo:/usr/lib/zoneinfo:"
    "/usr/share/lib/zoneinfo:/etc/zoneinfo", "VERSION": "3.11", "WITH_PYMALLOC": 1,
}
