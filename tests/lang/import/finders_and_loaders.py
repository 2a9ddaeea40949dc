# Finders, loaders, path hooks, importlib, and a replaced __import__.
import sys, importlib.machinery, importlib.util, importlib, types
class F:
    def find_spec(self, name, path, target=None):
        if not name.startswith('virt'): return None
        print('find', name, path, target)
        return importlib.machinery.ModuleSpec(name, Ld(), origin='here', is_package=(name=='virt'))
class Ld:
    def create_module(self, spec): print('create', spec.name); return None
    def exec_module(self, m): print('exec', m.__name__, m.__package__, m.__loader__.__class__.__name__, m.__spec__.origin, hasattr(m,'__path__')); m.v=m.__name__.upper()
sys.meta_path.insert(0,F())
import virt; print(virt.v, virt, virt.__spec__.origin)
import virt.sub as s; print(s.v, virt.sub is s)
from virt import other; print(other.v)
class Old:
    def find_spec(self,name,path,target=None):
        if name=='oldm': return importlib.machinery.ModuleSpec(name, OL())
class OL:
    def load_module(self,name):
        m=sys.modules.setdefault(name,types.ModuleType(name)); m.z=1; return m
sys.meta_path.append(Old())
try:
    import oldm; print(oldm.z)
except Exception as e: print(type(e),e)
class Bad:
    def find_spec(self,*a): raise ValueError('finder')
sys.meta_path.insert(0,Bad())
try: import zzz
except ValueError as e: print(e)
sys.meta_path.pop(0)
class BL:
    def create_module(self,s): return None
    def exec_module(self,m): raise RuntimeError('load')
class BF:
    def find_spec(self,n,p,t=None):
        if n=='badload': return importlib.machinery.ModuleSpec(n,BL())
sys.meta_path.insert(0,BF())
try: import badload
except RuntimeError as e: print(e, 'badload' in sys.modules)
# path hooks
class PF:
    def __init__(self,p):
        if p!='mypath:': raise ImportError
        print('hook',p)
    def find_spec(self,name,target=None):
        print('pf',name)
        if name=='viahook': return importlib.machinery.ModuleSpec(name, Ld())
sys.path_hooks.insert(0,PF); sys.path.append('mypath:')
import viahook; print(viahook.v)
try: import nothing_here
except ImportError as e: print(repr(e))
print(importlib.import_module('virt.sub') is s, importlib.import_module('.sub','virt') is s)
try: importlib.import_module('.sub')
except TypeError as e: print(e)
print(importlib.util.find_spec('virt').name, importlib.util.find_spec('nope'), importlib.util.resolve_name('.a','b.c'))
m=importlib.util.module_from_spec(importlib.util.spec_from_loader('dyn',Ld(),origin='x')); print(m, m.__spec__.origin)
print(importlib.reload(virt).v)
print(importlib.machinery.SOURCE_SUFFIXES, importlib.machinery.all_suffixes()[:1], importlib.util.MAGIC_NUMBER[-2:])
print(sys.modules['virt'].__spec__.submodule_search_locations, virt.__path__)
print(importlib.machinery.ModuleSpec('a.b',None).parent, importlib.machinery.ModuleSpec('a',None,is_package=True), importlib.machinery.ModuleSpec('a',None)==importlib.machinery.ModuleSpec('a',None))
sys.modules['blocked']=None
try: import blocked
except ImportError as e: print(repr(e))
import builtins
orig=builtins.__import__
def imp(name,*a,**k):
    if name in('math','cmath'): print('imp',name,len(a),k)
    return orig(name,*a,**k)
builtins.__import__=imp
import math; from cmath import sqrt
builtins.__import__=orig
