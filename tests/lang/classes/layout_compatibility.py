"""__bases__ and __class__ may only be assigned where the layouts agree: what each class on the way adds, and in which order."""
class At22:
    __slots__ = ('__weakref__',)
class At23: pass
class At24(At22, At23): pass
try: At24.__bases__ = (At23,); print('ok')
except TypeError as e: print(e)
class A: __slots__=('__weakref__',)
class B: __slots__=('__dict__',)
class C: __slots__=('__dict__','__weakref__')
class D: pass
class E: __slots__=()
class F: __slots__=('x',)
class G: __slots__=('x','__dict__')
class I(int): pass
class I2(int): __slots__=()
import itertools
ks=[A,B,C,D,E,F,G,I,I2]
for k in ks:
  for s in (None, (), ('__dict__',), ('__weakref__',)):
    if s == ('__dict__',) and k.__dictoffset__: continue
    if s == ('__weakref__',) and k.__weakrefoffset__: continue
    for k2 in ks:
        for bases in ((k,),(k,D),(D,k),(A,k)):
            try: X = type('X',bases,{} if s is None else {'__slots__':s})
            except TypeError as e: continue
            for nb in ((k2,), (k2,D), (D,k2)):
                try: X.__bases__ = nb; r='ok'
                except TypeError as e: r=str(e)
                print(k.__name__,s,[b.__name__ for b in bases],[b.__name__ for b in nb],r)
for k in ks:
    for k2 in ks:
        for s in (None, (), ('__dict__',), ('__weakref__',),('x',)):
            for s2 in (None, (), ('__dict__',), ('__weakref__',),('x',)):
                try:
                    X=type('X',(k,),{} if s is None else {'__slots__':s}); Y=type('Y',(k2,),{} if s2 is None else {'__slots__':s2})
                except TypeError: continue
                try:
                    o=X(); o.__class__=Y; r='ok'
                except TypeError as e: r=str(e)
                print(k.__name__,s,k2.__name__,s2,r)
for names in (("a", "__dict__"), ("a", "__weakref__"), ("__weakref__", "__weakref__"), ("a", "1x", "__dict__"), ("__dict__", "a")):
    try:
        type("S", (D,), {"__slots__": names, "a": 1})
    except (TypeError, ValueError) as e:
        print(type(e).__name__, e)
    try:
        type("S", (), {"__slots__": names, "a": 1})
    except (TypeError, ValueError) as e:
        print(type(e).__name__, e)
