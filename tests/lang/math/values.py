# Every function of math on many values.
import math, sys
xs=[0.0,-0.0,1.0,-1.0,0.5,-0.5,2.0,3.7,-3.7,1e-5,-1e-5,1e-300,1e300,-1e300,1e16,float('inf'),float('-inf'),float('nan'),171.5,-2.5,170.3,-170.7,100.1,0.1,10,25,1e-20,5e-324,709.7,710.0,-745.2,22.0,23.0,24.0,7.3,-0.9999,12345.678]
import itertools
names=sorted(n for n in dir(math) if callable(getattr(math,n)) and not n.startswith('_'))
def show(f,*a):
    try: return repr(f(*a))
    except Exception as e: return type(e).__name__+': '+str(e)
for n in names:
    f=getattr(math,n)
    for x in xs: print(n,x,show(f,x))
    for x,y in itertools.product(xs[:16]+[2,3,5.5],repeat=2): print(n,x,y,show(f,x,y))
for n,k in itertools.product([0,1,5,10,61,62,63,100,1000,2**70,-1],[0,1,2,5,30,50,-1]): print(n,k,show(math.comb,n,k),show(math.perm,n,k))
for v in ([],[1,2,3],[3.0,4.0],[1e200,1e200],[1e-200]*3,[1]*10,[0.1]*7): print(show(math.hypot,*v),show(math.fsum,v),show(math.prod,v),show(math.gcd,*v),show(math.lcm,*v),show(math.dist,v,[0]*len(v)))
r=12345
def rnd():
    global r
    r=(r*6364136223846793005+1442695040888963407)%2**64
    return r/2**64
for i in range(300):
    x=rnd()*10-5; y=rnd()*3; p=rnd()*20
    print([show(f,x) for f in (math.gamma,math.lgamma,math.erf,math.erfc,math.sinh,math.tanh,math.cbrt,math.exp2,math.expm1,math.log1p,math.sin,math.cos,math.tan,math.atan)], show(math.pow,p,x),show(math.hypot,x,y),show(math.hypot,x,y,p),show(math.fmod,x,y),show(math.remainder,x,y),show(math.fsum,[x,y,p,-x]),show(math.gamma,p),show(math.lgamma,p))
for s in ['sqrt("a")','sqrt()','sqrt(1,2)','pow(1)','factorial(2.5)','factorial(-1)','factorial("a")','comb(1.5,2)','gcd(1.5)','floor("a")','ceil([])','trunc("a")','isclose(1)','isclose(1,1,rel_tol=-1)','ldexp(1,2.5)','ldexp(1.0,10**20)','ldexp(1.0,-10**20)','frexp(8)','modf(-2.5)','isqrt(-1)','isqrt(2.5)','dist([1],[1,2])','log(0)','log(-1)','log(8,2)','log(2,1)','log(10**400,10)','log2(2**1000)','log10(10**500)','prod([1,2],start=5)','prod(5)','fsum(["a"])','fsum([1e308,1e308])','fsum([float("inf"),-float("inf")])','hypot("a")','ulp(1)','nextafter(1,2)','factorial(10**30)','perm(5)','perm(5,None)','perm(10**20,3)','comb(10**20,3)','comb(10**20,10**20-2)','log(True)','log(2**63)', 'floor(1e300)','ceil(2**100)','trunc(-2.7)','sqrt(10**400)','degrees(1)','radians(180)','exp(1000)','gcd()','lcm()','lcm(0,5)','gcd(-4,6)','lcm(-4,6)','isnan(1)','copysign(1,-0.0)','atan2(-0.0,-1)']:
    print(s, show(lambda: eval('math.'+s)))
