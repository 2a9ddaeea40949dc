# Code objects made by calling their type, or by replace(): copies work, what does not fit is refused.
import types

def function(a, b=2, *rest, c=3, **more):
    total = a + b + c
    for r in rest:
        total += r
    return total, more

def closure():
    x = 1
    def inner():
        return x
    return inner

def generator():
    try:
        yield 1
    finally:
        yield 2

def copy(co):
    return types.CodeType(co.co_argcount, co.co_posonlyargcount, co.co_kwonlyargcount, co.co_nlocals, co.co_stacksize,
                          co.co_flags, co.co_code, co.co_consts, co.co_names, co.co_varnames, co.co_filename, co.co_name,
                          co.co_qualname, co.co_firstlineno, co.co_linetable, co.co_exceptiontable, co.co_freevars,
                          co.co_cellvars)

made = types.FunctionType(copy(function.__code__), globals(), "made", (10,))
made.__kwdefaults__ = {"c": 3}
print(made(1), made(1, 2, 3, 4, c=5, d=6), copy(function.__code__) == function.__code__)
print(types.FunctionType(copy(closure.__code__), {})()())
print(list(types.FunctionType(copy(generator.__code__), {})()))
co = function.__code__
print(co.replace(co_name="x", co_filename="f").co_name, co.replace() == co, hash(co.replace()) == hash(co))
print(types.FunctionType(generator.__code__.replace(co_name="g"), {})().__name__)
def refuse(what, **parts):
    try:
        print(what, co.replace(**parts))
    except (ValueError, TypeError) as e:
        print(what, type(e).__name__, e)
refuse("nlocals", co_nlocals=co.co_nlocals + 1)
refuse("few names", co_varnames=("a",), co_nlocals=1)
refuse("negative", co_argcount=-1)
refuse("negative", co_kwonlyargcount=-1)
refuse("names", co_varnames=(1,) * co.co_nlocals)
refuse("type", co_code="abc")
refuse("type", co_names=[])
refuse("type", co_argcount="1")
