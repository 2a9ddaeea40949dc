# What the built-in functions give and say for right and wrong arguments.
import sys
def t(s, **ns):
    try: print(s, '->', repr(eval(s, {**globals(), **ns})))
    except BaseException as e: print(s, '->', type(e).__name__, e)
class A: pass
class L:
    def __len__(self): return -1
class H:
    def __hash__(self): return 'x'
class I:
    def __iter__(self): return 5
class R:
    def __round__(self, n=None): return ('r', n)
class B:
    def __bool__(self): return 3
class D:
    def __dir__(self): return ['b','a']
class It:
    def __init__(s): s.i=0
    def __iter__(s): return s
    def __next__(s):
        s.i+=1
        if s.i>3: raise ValueError('stop')
        return s.i
for s in """abs() abs(1,2) abs('a') abs(A()) abs(-True) abs(-2.5) abs(3+4j)
all() all(5) all([1,0]) all([]) any([0,1]) any([]) all([B()]) any(It()) all(It())
bin(1.5) bin('a') oct(-8) hex(255) hex() chr(-1) chr(1114112) chr('a') chr(2.5) chr(10**30) ord('') ord('ab') ord(5) ord(b'a') ord(bytearray(b'ab')) ord('\\U0001f600')
callable() callable(5) callable(A) callable(len)
divmod(7,-2) divmod(7.5,2) divmod(1,0) divmod('a',1) divmod(1) 
getattr() getattr(1) getattr(1,2) getattr(1,'x') getattr(1,'x',None) getattr(A,'__name__') hasattr(1,2) hasattr(1,'real') hasattr(1) setattr(1,'x',2) setattr(A,5,2) setattr(1,2) delattr(A,'zz') delattr(A,5) delattr(A)
hash([]) hash(H()) hash({}) hash((1,[])) hash() hash('a')==hash('a') hash(1.0) hash(2**61-1) hash(-1) hash(None)==hash(None)
id() isinstance(1) isinstance(1,int) isinstance(1,(int,str)) isinstance(1,5) isinstance(1,(str,5)) isinstance(1,int|str) issubclass(1,int) issubclass(int,5) issubclass(bool,int) issubclass(int,(str,object)) issubclass(list,list[int]) isinstance([],list[int])
iter() iter(5) iter(I()) iter(1,2) next(5) next(iter([])) next(iter([]),7) next() next(It()) list(iter(iter([1,2,3]).__next__,3))
len() len(5) len(L()) len(A) len(1,2) len([]) len(range(10**20))
max() max([]) max(1) max(1,2) max([1,3,2]) max('a',1) max([],default=5) max(1,2,default=3) max([1,2],key=lambda x:-x) max(1,2,foo=3) max(*'abc',key=ord) min([3,1,2]) min({},default=None) min(1.5,1) max(float('nan'),1) min(None,key=None) max([1,'a']) max(5,key=len) min(1,2,3,key=5)
pow(2,3) pow(2,-1) pow(2,3,5) pow(2,-1,7) pow(2,-1,4) pow(0,0) pow('a',2) pow(2) pow(2.5,2,3) pow(2,3,0) pow(base=2,exp=3,mod=5) pow(2,3,mod=5) pow(0,-1) pow(-8,1/3)
round(2.5) round(3.5) round(2.675,2) round(1234,-2) round('a') round(A()) round(R()) round(R(),3) round(R(),None) round() round(1.5,2.5) round(2.5,ndigits=0) round(number=1.234,ndigits=1) round(float('nan')) round(float('inf')) round(1e300,-299) round(5,10**10) round(True)
sum() sum(5) sum([1,2]) sum([1,2],10) sum(['a']) sum(['a'],'') sum([b'a'],b'') sum([[1],[2]],[]) sum([1.5,2]) sum([0.1]*10) sum([1,2],start=5) sum(start=1) sum([2**62,2**62]) sum([True,True]) sum([1,2.5,3j]) sum([10**20,1]) sum(It()) sum([float('inf'),1]) sum((1,2),(3,))
sorted() sorted(5) sorted([3,1]) sorted([3,1],reverse=True) sorted([3,'a']) sorted([1],foo=2) sorted('bca',key=None) sorted([1,2],key=5) sorted([],[]) sorted('bca',reverse='x') sorted(iterable=[1])
vars(5) vars(A()) vars(1,2) dir(D()) dir(5)[:2] dir(1,2) type(dir()) type(globals())
repr() ascii('é') ascii() format(5) format(5,5) format(5,'x') format(A(),'x') format('a','>5') format() format(3.14159,'.2f')
len.__self__ len.__text_signature__ max.__text_signature__ print.__name__ repr(len) __import__('sys') is sys
type(5) type() type(1,2) type('X',(),{}).__name__ type('X',(int,),{})(5) type('X',5,{}) type(5,(),{}) object(5) bool(1,2) bool(B()) int('x') int(2.5) list(5)
eval('1+') eval('x y') eval(1) eval('') eval(' 1') exec('') exec(1) compile('1','f','bad') compile('1+1','f','eval').co_name eval(compile('1','f','exec')) compile('a b','f','exec') compile('1\\0','f','exec') exec('x=1',{},{}) eval('len',{'__builtins__':{}}) eval('a',None,{'a':1}) exec('a',{'a':1},closure=())
breakpoint.__name__ input.__name__ open(5,'zz') open('x','rw') open('x','b') open('x','rb',encoding='u') open() open('x',mode=5) open(-1) open('x\\0y')
enumerate() enumerate([1],'a') list(enumerate('ab',5)) zip(5) list(zip('ab',[1])) list(zip('ab',[1],strict=True)) map() map(len) list(map(len,['a'])) list(filter(None,[0,1])) filter(None) reversed(5) list(reversed([1,2])) reversed({1}) range() range(1,2,0) range('a') slice() 
aiter(5) anext(5) NotImplemented bool(NotImplemented) Ellipsis None.__class__ __debug__ super() super(5) property(5).fget staticmethod(5).__func__ classmethod() memoryview(5) frozenset(5) complex('x') bytes('a') bytearray(-1) str(b'a','x') str(5,'x') dict(5) dict([1]) dict([(1,2,3)]) set(5) tuple(5) float('x') 
print(sep='')  print(1,2,sep='',end='|') exit.__class__.__name__ __build_class__(1,2) __build_class__() __build_class__(lambda:0,5) __build_class__(lambda: 0, 'X') __import__('os.path').__name__ __import__(name='math').__name__ __import__(5) __import__() __import__('no.such')""".split('\n'):
    # split by two-level: expressions separated by space outside brackets
    depth=0; cur=''; q=None; parts=[]
    for c in s:
        if q:
            cur+=c
            if c==q: q=None
            continue
        if c in "'\"": q=c
        if c in '([{': depth+=1
        if c in ')]}': depth-=1
        if c==' ' and depth==0 and not cur.endswith((' is','not')) and cur and not (cur.endswith('is') ): parts.append(cur); cur=''
        else: cur+=c
    parts.append(cur)
    for p in parts: 
        if p.strip(): t(p.strip())
