# Which attributes of built-in types are fields (member descriptors), and what writing them says.
import sys, time, types


def f():
    yield


async def c():
    pass


def show(owner, names):
    for name in names.split():
        d = owner.__dict__[name]
        print(d, isinstance(d, types.MemberDescriptorType))


show(types.CodeType, "co_name co_flags co_consts co_argcount co_code co_varnames")
show(types.GeneratorType, "gi_code gi_running gi_frame")
show(types.CoroutineType, "cr_code cr_origin cr_await")
show(types.AsyncGeneratorType, "ag_code ag_running ag_await")
show(types.TracebackType, "tb_frame tb_lasti tb_lineno tb_next")
show(types.FrameType, "f_trace_lines f_trace_opcodes f_lineno")
show(types.SimpleNamespace, "__dict__")
show(type, "__base__ __mro__ __flags__ __basicsize__ __itemsize__ __dictoffset__ __name__")
show(type(sys.version_info), "major releaselevel")
show(time.struct_time, "tm_year tm_zone")
show(OSError, "errno strerror filename filename2 characters_written")
show(SyntaxError, "msg lineno print_file_and_line")
show(StopIteration, "value")
show(SystemExit, "code")
show(ImportError, "msg name path")
show(NameError, "name")
show(AttributeError, "name obj")
show(UnicodeDecodeError, "encoding object start end reason")
show(BaseExceptionGroup, "message exceptions")
show(BaseException, "args __cause__ __suppress_context__")


def attempt(what, action):
    try:
        action()
    except Exception as e:
        print(what, type(e).__name__, e)
    else:
        print(what, "done")


def write(o, name, value):
    attempt("set " + name, lambda: setattr(o, name, value))


def delete(o, name):
    attempt("del " + name, lambda: delattr(o, name))


try:
    raise ValueError
except ValueError as e:
    tb = e.__traceback__
for o, name in [(f.__code__, "co_name"), (f.__code__, "co_stacksize"), (f(), "gi_code"), (tb, "tb_lineno"), (int, "__flags__"),
                (sys.version_info, "major"), (types.SimpleNamespace(), "__dict__"), (ExceptionGroup("m", [ValueError()]), "message")]:
    if o is not int:
        write(o, name, 1)
        delete(o, name)
u = UnicodeDecodeError("utf-8", b"abc", 0, 1, "why")
for name, value in [("start", "x"), ("start", 2), ("start", True), ("end", None), ("end", 3), ("reason", 5), ("encoding", None)]:
    write(u, name, value)
for name in ("start", "end", "reason"):
    delete(u, name)
print(u.start, u.end, u.reason)
o = OSError(2, "text", "file")
delete(o, "errno")
delete(o, "errno")
print(o.errno, o.filename, o.args)
frame = sys._getframe()
write(frame, "f_trace_opcodes", 1)
delete(frame, "f_trace_opcodes")


class Own(OSError):
    errno = 5


print(Own(1, "x").errno, OSError.errno.__get__(Own(1, "x")))
try:
    class Mixed(OSError, SyntaxError):
        pass
except TypeError as e:
    print(e)
