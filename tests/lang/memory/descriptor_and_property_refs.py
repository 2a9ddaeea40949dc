# Properties, class methods and super objects do not keep instances.
import weakref, gc
gc.collect(); gc.disable()
class A:
    @property
    def p(self): return self
    @classmethod
    def c(cls): return cls
    def m(self): return self
    def sup(self): return super()
def dead(f):
    a = A(); r = weakref.ref(a); x = f(a); alive_with = None
    del a; kept = r() is not None
    del x; return kept, r() is None
print(dead(lambda a: a.p), dead(lambda a: a.c), dead(lambda a: a.m), dead(lambda a: a.c()), dead(lambda a: a.sup()), dead(lambda a: a.__dict__), dead(lambda a: [a]), dead(lambda a: a.__class__), dead(lambda a: a.__init__), dead(lambda a: weakref.ref(a)), dead(lambda a: weakref.proxy(a)), dead(lambda a: (lambda: a)), dead(lambda a: (lambda: 1)), dead(lambda a: (x for x in [a])), dead(lambda a: iter([a])), dead(lambda a: repr(a)), dead(lambda a: vars(a)), dead(lambda a: id(a)), dead(lambda a: hash(a)), dead(lambda a: {a}), dead(lambda a: {1: a}.values()), dead(lambda a: map(id, [a])), dead(lambda a: __import__("functools").partial(print, a)), dead(lambda a: slice(a)), dead(lambda a: ValueError(a)), dead(lambda a: type(a)), dead(lambda a: a.m.__func__), dead(lambda a: a.m.__self__))
gc.enable()
