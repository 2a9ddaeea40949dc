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
