"""The little of ctypes that a worker has: values of C's number and character types, references to objects, and a look at the reference
count of a live object:

    ctypes.c_long.from_address(id(x)).value

Every address but that of a live object of this worker is refused. There are no libraries, functions, structures or pointers."""
import _ctypes
from operator import index as _index
from struct import pack as _pack, unpack as _unpack

__all__ = ["c_byte", "c_ubyte", "c_short", "c_ushort", "c_int", "c_uint", "c_long", "c_ulong", "c_longlong", "c_ulonglong",
           "c_int8", "c_uint8", "c_int16", "c_uint16", "c_int32", "c_uint32", "c_int64", "c_uint64", "c_size_t", "c_ssize_t",
           "c_float", "c_double", "c_char", "c_bool", "c_void_p", "py_object", "cast", "sizeof", "alignment", "ArgumentError"]


class ArgumentError(Exception):
    pass


class _SimpleCData:
    __slots__ = ("_value", "_address", "__weakref__", "__dict__")
    _size = 8

    def __init__(self, /, *value):
        if len(value) > 1:
            raise TypeError(f"__init__ expected at most 1 argument, got {len(value)}")
        self._address = None
        self._value = self._checked(*value) if value else self._default()

    @classmethod
    def from_address(cls, address, /):
        """What stands at an object's address: its reference count."""
        _ctypes.reference_count(address)
        self = cls.__new__(cls)
        self._address = address
        return self

    @property
    def value(self):
        if self._address is not None:
            return self._checked(_ctypes.reference_count(self._address))
        return self._value

    @value.setter
    def value(self, value):
        if self._address is not None:
            raise PermissionError("memory that belongs to an object cannot be written")
        self._value = self._checked(value)

    @value.deleter
    def value(self):
        raise TypeError("can't delete attribute")

    def __bool__(self):
        return bool(self.value)

    def __repr__(self):
        name = type(self).__name__
        return f"{name}({self.value!r})"


class _Integer(_SimpleCData):
    __slots__ = ()
    _signed = True

    @staticmethod
    def _default():
        return 0

    def _checked(self, value):
        bits = 8 * self._size
        value = _index(value) & (1 << bits) - 1
        return value - (1 << bits) if self._signed and value >> bits - 1 else value


class _Real(_SimpleCData):
    __slots__ = ()
    _default = staticmethod(float)

    def _checked(self, value):
        try:
            return _unpack(self._type_, _pack(self._type_, _real(value)))[0]
        except OverflowError:
            return _real(value) * float("inf")


def _real(value):
    if isinstance(value, float) or hasattr(type(value), "__float__") or hasattr(type(value), "__index__"):
        return float(value)
    raise TypeError(f"must be real number, not {type(value).__name__}")


def _simple(base, name, code, size, **more):
    return type(name, (base,), {"__slots__": (), "_size": size, "_type_": code, "__module__": "ctypes", **more})


def _integer(name, code, size):
    return _simple(_Integer, name, code, size, _signed=code.islower())


c_byte = c_int8 = _integer("c_byte", "b", 1)
c_ubyte = c_uint8 = _integer("c_ubyte", "B", 1)
c_short = c_int16 = _integer("c_short", "h", 2)
c_ushort = c_uint16 = _integer("c_ushort", "H", 2)
c_int = c_int32 = _integer("c_int", "i", 4)
c_uint = c_uint32 = _integer("c_uint", "I", 4)
c_long = c_longlong = c_int64 = c_ssize_t = _integer("c_long", "l", 8)
c_ulong = c_ulonglong = c_uint64 = c_size_t = _integer("c_ulong", "L", 8)
c_float = _simple(_Real, "c_float", "f", 4)
c_double = _simple(_Real, "c_double", "d", 8)


class c_char(_SimpleCData):
    __slots__ = ()
    _size = 1
    _type_ = "c"

    @staticmethod
    def _default():
        return b"\0"

    def _checked(self, value):
        if isinstance(value, (bytes, bytearray)) and len(value) == 1:
            return bytes(value)
        if isinstance(value, int) and 0 <= value <= 255:
            return bytes([value])
        raise TypeError("one character bytes, bytearray or integer expected")

    def __bool__(self):
        return self.value != b"\0"


class c_bool(_SimpleCData):
    __slots__ = ()
    _size = 1
    _type_ = "?"
    _default = staticmethod(bool)

    def _checked(self, value):
        return bool(value)


class c_void_p(_SimpleCData):
    __slots__ = ()
    _type_ = "P"

    @staticmethod
    def _default():
        return None

    def _checked(self, value):
        if value is not None and not isinstance(value, int):
            raise TypeError("cannot be converted to pointer")
        return value or None


_missing = object()


class py_object:
    """A reference to an object."""

    __slots__ = ("_value", "__weakref__")
    _size = 8

    def __init__(self, value=_missing, /):
        self._value = value

    @property
    def value(self):
        if self._value is _missing:
            raise ValueError("PyObject is NULL")
        return self._value

    @value.setter
    def value(self, value):
        self._value = value

    @classmethod
    def from_address(cls, address, /):
        raise ValueError("an object's memory holds no reference that can be read")

    def __bool__(self):
        return self._value is not _missing

    def __repr__(self):
        return f"py_object({'<NULL>' if self._value is _missing else repr(self._value)})"


def cast(obj, typ):
    """The live object of an id: cast(id(x), py_object).value is x."""
    if typ is py_object:
        return py_object(_ctypes.object_at(obj.value if isinstance(obj, c_void_p) else obj))
    if typ is c_void_p:
        return c_void_p(obj)
    raise TypeError("cast() argument 2 must be py_object or c_void_p")


def sizeof(obj_or_type, /):
    """The size in bytes that C would give it."""
    size = getattr(obj_or_type, "_size", None)
    if size is None:
        raise TypeError("this type has no size")
    return size


alignment = sizeof


def __getattr__(name):
    if name in ("CDLL", "PyDLL", "cdll", "pydll", "pythonapi", "CFUNCTYPE", "Structure", "Union", "POINTER", "pointer", "byref",
                "string_at", "memmove", "memset", "create_string_buffer"):
        raise AttributeError(f"ctypes.{name} is not there: a worker reads no memory but the counts of its own live objects")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
