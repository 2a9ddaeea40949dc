# compare: stderr
import traceback
class Bad:
    def __getattr__(self, n): raise ValueError(n)
    def __call__(self, *a): raise ValueError("call")
    def __iter__(self): raise ValueError("iter")
    def __bool__(self): raise ValueError("bool")
    def __enter__(self): raise ValueError("enter")
    def __exit__(self, *a): pass
    def __getitem__(self, k): raise ValueError("getitem")
    def __setitem__(self, k, v): raise ValueError("setitem")
    def __delitem__(self, k): raise ValueError("delitem")
    def __add__(self, o): raise ValueError("add")
b = Bad()
def s1(): b.x
def s2(): b()
def s3():
    for i in b: pass
def s4():
    if b: pass
def s5():
    while b: pass
def s6():
    with b as c: pass
def s7(): b[0] = 1
def s8(): del b[0]
def s9(): x = b + 1
def s10(): x, y = b
def s11(): assert b, "m"
def s12(): return b[1:2]
def s13(): raise b
def s14(): not b
def s15(): b and 1
def s16(): [x for x in b]
def s17(): print(*b)
def s18(): f"{b.q}"
def s19(): x: b.z = 1
def s20():
    def f(p=b()): pass
def s21():
    class C(b()): pass
def s22():
    @b
    def f(): pass
def s23(): lambda_ = (lambda: b.w)(); 
def s24():
    try: b.a
    finally: b.b
def s25():
    match b:
        case [x]: pass
        case b.c: pass
def s26(): global gg; gg = b.g
def s27(): b.x = b.y = 1
def s28(): {**b}
def s29(): 1 if b else 2
def s30(): import nothing_like_this as n
for i in range(1, 31):
    try: globals()[f"s{i}"]()
    except Exception as e: traceback.print_exception(e)
