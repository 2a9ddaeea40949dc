"""The native side of pickle, in Python: the library's pure classes with the errors of CPython's native ones."""
import io
import sys
from types import FunctionType

import _pypickle as _pure


class PickleError(Exception):
    pass


class PicklingError(PickleError):
    pass


class UnpicklingError(PickleError):
    pass


# What the pure classes raise; pickle takes the same names from here.
_pure.PickleError = PickleError
_pure.PicklingError = PicklingError
_pure.UnpicklingError = UnpicklingError


def _refuse_local(obj, name):
    if "<locals>" in name.split("."):
        raise AttributeError(f"Can't pickle local object {name!r}")


class Pickler(_pure._Pickler):
    dispatch = _pure._Pickler.dispatch.copy()

    def save_global(self, obj, name=None):
        qualified = name or getattr(obj, "__qualname__", None) or obj.__name__
        _refuse_local(obj, qualified)
        try:
            super().save_global(obj, name)
        except PicklingError as e:
            words, found, _ = str(e).partition(": it's not found as ")
            if not found:
                raise
        else:
            return
        module = _pure.whichmodule(obj, qualified)
        if module not in sys.modules:
            raise PicklingError(f"{words}: import of module {module!r} failed")
        raise PicklingError(f"{words}: attribute lookup {qualified} on {module} failed")

    dispatch[FunctionType] = save_global

    def save(self, obj, save_persistent_id=True):
        try:
            super().save(obj, save_persistent_id)
        except PicklingError as e:
            words = str(e)
            if words.endswith(" must return string or tuple"):
                words = "__reduce__ must return a string or tuple"
            elif words.startswith("Tuple returned by "):
                words = "tuple returned by __reduce__ must contain 2 through 6 elements"
            else:
                raise
        else:
            return
        raise PicklingError(words)


class Unpickler(_pure._Unpickler):
    def __init__(self, file, *, fix_imports=True, encoding="ASCII", errors="strict", buffers=None):
        if not (hasattr(file, "read") and hasattr(file, "readline")):
            raise TypeError("file must have 'read' and 'readline' attributes")
        super().__init__(file, fix_imports=fix_imports, encoding=encoding, errors=errors, buffers=buffers)

    def load(self):
        if not hasattr(self, "_file_read"):
            raise UnpicklingError(f"Unpickler.__init__() was not called by {type(self).__name__}.__init__()")
        unframer = _pure._Unframer(_whole(self._file_read), _whole_line(self._file_readline))
        self._unframer = unframer
        self.read, self.readinto, self.readline = _whole(unframer.read), unframer.readinto, unframer.readline
        self.metastack, self.stack, self.proto = [], [], 0
        self.append = self.stack.append
        try:
            self._run(self.read)
        except _pure._Stop as stop:
            return stop.value

    def _run(self, read):
        dispatch = self.dispatch
        while True:
            try:
                key = read(1)
            except UnpicklingError:
                key = None
            if key is None:
                raise EOFError("Ran out of input")
            load = dispatch.get(key[0])
            if load is None:
                shown = key.decode() if 32 <= key[0] < 127 else f"\\x{key[0]:02x}"
                raise UnpicklingError(f"invalid load key, '{shown}'.")
            try:
                load(self)
            except IndexError:
                if self.stack:
                    raise
                load = None
            if load is None:
                raise UnpicklingError("unpickling stack underflow")

    def find_class(self, module, name, /):
        try:
            return super().find_class(module, name)
        except AttributeError:
            found = sys.modules[module]
        raise AttributeError(f"Can't get attribute {name!r} on {found!r}")


def _whole(read):
    """`read`, that wants all that it asks for."""
    def read_whole(n):
        data = read(n)
        if len(data) < n:
            raise UnpicklingError("pickle data was truncated")
        return data
    return read_whole


def _whole_line(readline):
    def read_line():
        line = readline()
        if line[-1:] != b"\n":
            raise UnpicklingError("pickle data was truncated")
        return line
    return read_line


def dump(obj, file, protocol=None, *, fix_imports=True, buffer_callback=None):
    Pickler(file, protocol, fix_imports=fix_imports, buffer_callback=buffer_callback).dump(obj)


def dumps(obj, protocol=None, *, fix_imports=True, buffer_callback=None):
    file = io.BytesIO()
    Pickler(file, protocol, fix_imports=fix_imports, buffer_callback=buffer_callback).dump(obj)
    return file.getvalue()


def load(file, *, fix_imports=True, encoding="ASCII", errors="strict", buffers=()):
    return Unpickler(file, fix_imports=fix_imports, encoding=encoding, errors=errors, buffers=buffers).load()


def loads(data, /, *, fix_imports=True, encoding="ASCII", errors="strict", buffers=()):
    if isinstance(data, str):
        raise TypeError("a bytes-like object is required, not 'str'")
    return load(io.BytesIO(data), fix_imports=fix_imports, encoding=encoding, errors=errors, buffers=buffers)
