# object.__getattribute__ and __setattr__ reach what modules and classes hold, as lazy modules and pydoc expect.
import types
m = types.ModuleType('m'); m.x = 1
for f in (object.__getattribute__, types.ModuleType.__getattribute__):
    for n in ('x','__dict__','__name__','nope'):
        try: print(f(m, n))
        except AttributeError as e: print(e)
object.__setattr__(m,'y',2); print(m.y, m.__dict__['y'])
object.__delattr__(m,'y')
try: m.y
except AttributeError as e: print(e)
def f(): pass
f.x = 3
print(object.__getattribute__(f,'x'), object.__getattribute__(f,'__name__'))
object.__setattr__(f,'z',5); print(f.z, f.__dict__)
class C: 
    a=1
try: print(object.__getattribute__(C,'a'))
except AttributeError as e: print(e)
try: object.__setattr__(C,'a', 2)
except TypeError as e: print(e)
e = ValueError(1); e.q=2
print(object.__getattribute__(e,'q'), object.__getattribute__(e,'args'))
class D(dict): pass
d=D(); d.q=1; print(object.__getattribute__(d,'q'))
class S(C): 
    def meth(self): return object.__getattribute__(super(),'a') 
try: print(S().meth())
except AttributeError as e: print(e)
import functools
p=functools.partial(int); p.zz=1; print(object.__getattribute__(p,'zz'), p.__dict__)
from types import SimpleNamespace as N
n=N(a=1); print(object.__getattribute__(n,'a'))
def g(): yield
print(object.__getattribute__(list[int],'__origin__'))
try: print(object.__getattribute__(list[int],'append'))
except AttributeError as e: print(e)
print('__setattr__' in types.ModuleType.__dict__, '__delattr__' in types.ModuleType.__dict__, '__getattribute__' in types.ModuleType.__dict__)
class M(types.ModuleType):
    def __getattr__(self, n): return 'dyn ' + n
    def __setattr__(self, n, v): super().__setattr__(n, v * 2)
mm = M('mm'); mm.a = 2; print(mm.a, mm.b, mm.__dict__['a'], object.__getattribute__(mm, 'a'))
import importlib.util, sys
spec = importlib.util.find_spec('colorsys'); loader = importlib.util.LazyLoader(spec.loader); spec.loader = loader
lazy = importlib.util.module_from_spec(spec); sys.modules['colorsys'] = lazy; loader.exec_module(lazy)
print(type(lazy).__name__, lazy.rgb_to_hls(1,0,0), type(lazy).__name__)
