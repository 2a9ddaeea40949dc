# Which types take weak references.
import weakref, types, re, io, collections, functools, threading
class A: pass
class S: __slots__ = ()
class W: __slots__ = ("__weakref__",)
class I(int): pass
class T(tuple): pass
class B(bytes): pass
def g(): yield
async def co(): pass
objs = dict(instance=A(), cls=A, slots=S(), wslots=W(), intsub=I(5), strsub=type("St", (str,), {})("x"), tuplesub=T(), bytessub=B(), int=5, str="s", bytes=b"b", tuple=(1,), list=[1], dict={}, set={1}, frozenset=frozenset(), none=None, float=1.5, complex=1j, range=range(1), slice=slice(1), function=g, lam=lambda: 0, builtin=len, method=A().__init__, generator=g(), module=re, code=g.__code__, object=object(), exc=ValueError(), type=int, prop=property(), sm=staticmethod(g), cm=classmethod(g), deque=collections.deque(), od=collections.OrderedDict(), dd=collections.defaultdict(), partial=functools.partial(len), stringio=io.StringIO(), lock=threading.Lock(), bytearray=bytearray(), memoryview=memoryview(b""), cell=(lambda x: lambda: x)(1).__closure__[0], iterator=iter([]), dictview={}.keys(), zip=zip(), map=map(str, []), ns=types.SimpleNamespace(), union=int | str, alias=list[int], ref=weakref.ref(A), bound=A.mro, mproxy=A.__dict__, frame=__import__("sys")._getframe(), ellipsis=...)
for n, o in objs.items():
    try: weakref.ref(o); print(n, "yes", end="; ")
    except TypeError as e: print(n, "no", end="; ")
print()
