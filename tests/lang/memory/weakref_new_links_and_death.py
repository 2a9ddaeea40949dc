# References with callbacks behind a plain one: all are cleared first, callbacks run newest first.
import weakref
class A: pass
log = []
a = A(); plain = weakref.ref(a)
refs = [weakref.ref(a, lambda r, i=i: log.append((i, r() is None, plain() is None))) for i in range(3)]
proxy = weakref.proxy(a); more = weakref.ref(a, lambda r: log.append("more"))
print(weakref.getweakrefcount(a), weakref.getweakrefs(a)[0] is plain, weakref.getweakrefs(a)[1] is proxy)
del a; print(log)
try: proxy.x
except ReferenceError as e: print(e)
