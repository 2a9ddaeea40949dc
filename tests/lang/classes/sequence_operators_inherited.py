"""Which operator of a subclass of a sequence is asked first: its own __iadd__ before __add__ and __radd__ of either side."""
import itertools
class L(list):
    def __radd__(self,o): return o
x=L(); x+=[1]; print(type(x).__name__)
class L(list):
    def __rmul__(self,o): print('rmul'); return o
x=L([1]); x*=2; print(type(x).__name__); x=L([1]); x=x*2; print(type(x).__name__)
class L(list):
    def __add__(self,o): print('add'); return o
x=L(); x+=[1]; print(type(x).__name__)
class L(list):
    def __add__(self,o): print('add'); return NotImplemented
    def __mul__(self,o): print('mul'); return NotImplemented
x=L(); x+=[1]; print(type(x).__name__)
x=L(); x*=1; print(type(x).__name__)
class B(bytearray):
    def __radd__(self,o): print('radd'); return NotImplemented
    def __rmul__(self,o): print('radd'); return NotImplemented
x=B(); x+=b'1'; print(type(x).__name__)
x=B(); x*=2; print(type(x).__name__)
class S(set):
    def __ror__(self,o): print('ror'); return 2
x=S(); x|={1}; print(type(x).__name__)
class D(dict):
    def __ror__(self,o): print('ror'); return 2
x=D(); x|={1:1}; print(type(x).__name__)
import collections,array
class Q(collections.deque):
    def __radd__(self,o): print('radd'); return 2
x=Q(); x+=[1]; print(type(x).__name__)
x=Q(); x*=2; print(type(x).__name__)
class Q(array.array):
    def __radd__(self,o): print('radd'); return 2
x=Q('i'); x+=array.array('i'); print(type(x).__name__)
x=Q('i'); x*=2; print(type(x).__name__)
class L2(list):
    def __radd__(self,o): print('radd'); return 7
x=[1]; x+=L2(); print(type(x).__name__)
try: x=[1]; x=x+L2(); print(type(x).__name__)
except Exception as e: print(e)
class T(tuple):
    def __radd__(self,o): print('radd'); return 7
x=(1,); x+=T(); print(type(x).__name__)
class R:
    def __radd__(self,o): return 'radd'
    def __rmul__(self,o): return 'rmul'
class L(list): pass
def t(f):
    try: print(f())
    except Exception as e: print(type(e), e)
t(lambda: [1]+R())
t(lambda: L()+R())
t(lambda: L()*R())
class T(tuple): pass
t(lambda: T()+R())
class S(str): pass
t(lambda: S()+R())
t(lambda: 'a'+R())
class B(bytes): pass
t(lambda: B()+R())
class BA(bytearray): pass
t(lambda: BA()+R())
def ia(x, y):
    x += y
    return x
t(lambda: ia(L(), R()))
t(lambda: ia([], R()))
t(lambda: ia(BA(), R()))
t(lambda: ia(T(), R()))
import collections
class Q(collections.deque): pass
t(lambda: Q()+R())
t(lambda: ia(Q(),R()))
class L2(list):
    def __iadd__(self, o): return NotImplemented
t(lambda: ia(L2(), [1]))
class L3(list):
    def __add__(self, o): return NotImplemented
t(lambda: ia(L3(), [1]))
t(lambda: L3()+R())
t(lambda: L()+L3([2]))
t(lambda: L()+L([2]))
t(lambda: []+L([2]))
class L4(list):
    def __radd__(self, o): return 'mine'
t(lambda: []+L4([2]))
t(lambda: L()+L4([2]))
