# A cache of weak values forgets what nobody uses.
import weakref, gc
class Image:
    made = 0
    def __init__(self, name): self.name = name; Image.made += 1
class Cache:
    def __init__(self): self.items = weakref.WeakValueDictionary()
    def get(self, name):
        im = self.items.get(name)
        if im is None: im = self.items[name] = Image(name)
        return im
c = Cache(); a = c.get("a"); b = c.get("a"); print(a is b, Image.made, len(c.items)); del a; print(len(c.items)); del b; print(len(c.items)); c.get("a"); print(Image.made, len(c.items))
class Manager:
    def __init__(self): self.resource = Resource(self)
class Resource:
    def __init__(self, m): self.manager = weakref.ref(m)
    def __del__(self): print("resource gone")
m = Manager(); r = m.resource; print(r.manager() is m); del m; print(r.manager()); del r
class Strong:
    def __init__(self): self.child = StrongChild(self)
class StrongChild:
    def __init__(self, p): self.parent = p
    def __del__(self): print("strong child gone")
gc.disable(); s = Strong(); del s; print("needs the collector"); gc.collect(); gc.enable()
