# types: names of the interpreter's own types, and helpers.
import types
def f(): pass
def g(): yield
async def c(): pass
async def ag(): yield
co = c()
for name, o in (
    ("FunctionType", f),
    ("LambdaType", lambda: 0),
    ("GeneratorType", g()),
    ("CoroutineType", co),
    ("AsyncGeneratorType", ag()),
    ("CodeType", f.__code__),
    ("MethodType", [].__class__.mro if 0 else types.MethodType(f, 1)),
    ("BuiltinFunctionType", len),
    ("BuiltinMethodType", [].append),
    ("WrapperDescriptorType", object.__init__),
    ("MethodWrapperType", object().__str__),
    ("MethodDescriptorType", str.join),
):
    print(name, isinstance(o, getattr(types, name)), type(o).__name__)
for name, o in (
    ("ClassMethodDescriptorType", dict.__dict__["fromkeys"]),
    ("ModuleType", types),
    ("GetSetDescriptorType", type(f).__code__),
    ("MappingProxyType", int.__dict__),
    ("SimpleNamespace", types.SimpleNamespace()),
    ("CellType", (lambda x: lambda: x)(1).__closure__[0]),
    ("GenericAlias", list[int]),
    ("UnionType", int | str),
    ("NoneType", None),
    ("EllipsisType", ...),
    ("NotImplementedType", NotImplemented),
):
    print(name, isinstance(o, getattr(types, name)), type(o).__name__)
co.close()
n = types.SimpleNamespace(b=1, a=[2])
n.c = 3
del n.b
print(n, n == types.SimpleNamespace(a=[2], c=3), vars(n), types.SimpleNamespace(**{"x y": 1}), repr(types.SimpleNamespace()))
C = types.new_class("C", (int,), {}, lambda ns: ns.__setitem__("v", 5))
print(C(3) + C.v, C.__name__, types.resolve_bases((int, list)), types.prepare_class("X")[0])
class E:
    @types.DynamicClassAttribute
    def d(self): return "dyn"
print(E().d)
try: E.d
except AttributeError as e: print("AttributeError")
m = types.ModuleType("m", "doc")
exec("x = 1\ndef f(): return x", m.__dict__)
print(m.f(), m.__doc__, m)
h = types.FunctionType(f.__code__, {}, "renamed")
print(h.__name__, h())
mp = types.MappingProxyType({"a": 1})
print(mp | {"b": 2}, {**mp}, mp.get("z"), len(mp), list(reversed(mp)), mp == {"a": 1})
@types.coroutine
def gen(): v = yield 1; return v
async def use(): return await gen()
u = use()
print(u.send(None))
try: u.send("v")
except StopIteration as s: print(s.value)
print(list[int], list[int].__origin__, dict[str, list[int]].__args__, (int | None), (int | str).__args__, isinstance(1, int | str), int | str == str | int, list[int]([1, 2]), list[int] == list[int], hash(list[int]) == hash(list[int]), tuple[int, ...], list["X"], type(list[int]), list[int].__parameters__)
