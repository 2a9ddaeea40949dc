# sys.exc_info kept in a local makes a cycle that the collector breaks.
import sys, gc, weakref
class M: pass
gc.collect(); gc.disable()
def bad():
    m = M(); w.append(weakref.ref(m))
    try: 1 / 0
    except ZeroDivisionError: info = sys.exc_info()
    return 1
def good():
    m = M(); w.append(weakref.ref(m))
    try: 1 / 0
    except ZeroDivisionError: info = sys.exc_info(); del info
    return 1
w = []; bad(); good(); print([r() is not None for r in w]); gc.collect(); print([r() for r in w])
def frames(): f = sys._getframe(); m = M(); w.append(weakref.ref(m)); return None
w.clear(); frames(); print(w[0]() is not None); gc.collect(); print(w[0]()); gc.enable()
