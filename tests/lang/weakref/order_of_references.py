# getweakrefs lists the plain reference first, then the plain proxy, then the others, the newest first.
import weakref
class A: pass
class R(weakref.ref): pass
names = {}
def add(name, ref):
    names[id(ref)] = name
    kept.append(ref)
def show(o): print([names.get(id(r), "?") for r in weakref.getweakrefs(o)])
kept = []
o = A()
add("sub", R(o)); show(o)
add("callback", weakref.ref(o, print)); show(o)
add("plain", weakref.ref(o)); show(o)
add("sub2", R(o)); show(o)
add("proxy", weakref.proxy(o)); show(o)
add("proxy callback", weakref.proxy(o, print)); show(o)
add("sub callback", R(o, print)); show(o)
print(weakref.ref(o) is kept[2], weakref.proxy(o) is kept[4], weakref.getweakrefcount(o))
del kept[2]; show(o)
add("plain again", weakref.ref(o)); show(o)
calls = []
p = A()
refs = [weakref.ref(p, lambda r, i=i: calls.append(i)) for i in range(4)]
plain = weakref.ref(p)
refs.append(weakref.ref(p, lambda r: calls.append("last")))
del p
print(calls)
