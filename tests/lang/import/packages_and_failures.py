# Packages, namespace packages, circular imports, and every way to fail.
import os.path
import sys
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "layouts"))
def t(s):
    try:
        ns={}
        exec(s, {"__name__":"__main__"}, ns); print(s,"->",{k:(v if not hasattr(v,'__name__') else v.__name__) for k,v in ns.items()})
    except BaseException as e: print(s,"->",type(e).__name__,str(e).split('(/')[0], getattr(e,'name',None), (getattr(e,'path',None) or '').split('layouts')[-1])
t("import pkg"); t("from pkg import b")
for k in list(sys.modules):
    if k.startswith('pkg'): del sys.modules[k]
for s in ["import cyc.a","import cyc.b","import pkg.sub.mod","import pkg.lazy as L","from pkg import *","import pkg.nope","from pkg import nope","import pkg.lazy.x","import ns.inner.m","import ns","print(__import__('ns').__path__ is not None, __import__('ns').__spec__.loader is None or True)","import bad","import boom","import circ1","import circ3","import repl","from repl import x","import nothere","import nothere.sub","from . import y","from .. import y","__import__('')","__import__('pkg', level=1)","__import__('x', {'__package__':'pkg'}, level=2)","__import__('a.b', level=-1)","import sys.x","from sys import nothing","from os import path as p","import os.path","import os.path as q","__import__('os.path')","__import__('os.path', fromlist=['join'])","from pkg.sub import nope","from ns import inner","from ns import other"]: t(s)
print(sorted(k for k in sys.modules if k.split('.')[0] in ('pkg','ns','bad','boom','circ1','circ2','circ3','circ4','repl')))
import ns.inner.m
print(ns.inner.m.__file__.split("lang/")[1], ns.inner.m.__spec__.name, ns.inner.m.__spec__.parent, ns.inner.m.__package__, hasattr(ns,'__file__'))
import abc as json; import sys
print(sys.modules["abc"].__spec__.name)
