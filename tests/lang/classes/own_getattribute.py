"""Which built-in types have __getattribute__ and __setattr__ in their own dict: there a class later in the MRO is not asked."""
import collections
import types


class Loud:
    def __getattribute__(self, name):
        return "loud " + name

    def __setattr__(self, name, value):
        print("sets", name)


def generator():
    yield


samples = [object, type, int, bool, float, complex, str, bytes, bytearray, memoryview, list, tuple, dict, set, frozenset, range, slice,
           type(None), type(NotImplemented), type(...), property, classmethod, staticmethod, super, enumerate, zip, map, filter, reversed,
           types.FunctionType, types.MethodType, types.BuiltinFunctionType, types.CodeType, types.FrameType, types.TracebackType,
           types.GeneratorType, types.ModuleType, types.CellType, types.MappingProxyType, types.SimpleNamespace,
           types.GetSetDescriptorType, types.MemberDescriptorType, collections.deque, collections.defaultdict, collections.OrderedDict,
           BaseException, Exception, AttributeError, NameError, UnboundLocalError, KeyError, OSError, type({}.keys()), type({}.values()),
           type(iter([])), type(iter(())), type(iter("")), type(iter({})), type(reversed({})), type(iter(set())), type(generator())]
for sample in samples:
    print(sample.__name__, *[name for name in ("__getattribute__", "__setattr__", "__delattr__", "__str__") if name in sample.__dict__])

for base in (int, bool, str, list, dict, set, Exception, KeyError, collections.deque, types.FunctionType, property, staticmethod):
    try:
        made = type("Made", (base, Loud), {})()
    except TypeError as error:
        print(base.__name__, error)
        continue
    try:
        print(base.__name__, made.anything)
    except AttributeError as error:
        print(base.__name__, error)
    try:
        made.other = 1
    except AttributeError as error:
        print(base.__name__, error)
