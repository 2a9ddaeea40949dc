# Arrays of lists, powers with a modulus, products, and texts outside of ASCII: shown, escaped, searched, reversed.
import array
import math

for kind in "bBhHiIlLqQfd":
    for items in [1,2,3],[1.5],[1,"x"],[1,None],[300,1],[-1],[True,2],[],[1,2**70],[1,2.5]:
        try: print(kind, array.array(kind,items))
        except Exception as e: print(kind, type(e).__name__, e)
a=array.array("i",[1]); m=memoryview(a)
for items in [1],[],["x"]:
    try: a.fromlist(items); print(a)
    except Exception as e: print(type(e).__name__, e)
    try: a.extend(items); print(a)
    except Exception as e: print(type(e).__name__, e)
m.release()
a.fromlist([5,6]); print(a)
try: a.fromlist([7,"x"])
except TypeError as e: print(e, a)
for b in (0,1,-7,12345,2**62,-2**62,2**63): 
    for e in (0,1,2,63,2**61,10**19,-1):
        for m in (1,2,7,-7,2**32-1,2**32,2**32+15,10**18+9,-1,97):
            try: print(pow(b,e,m),end=" ")
            except ValueError as x: print(x,end=" ")
try: pow(2,3,0)
except ValueError as x: print(x)
print(math.prod([1,2,3]),math.prod([2**61,2]),math.prod([2**62,-2]),math.prod([True,2.5]),math.prod([],start=7),math.prod([1.5,2.0]),math.prod(range(1,30)),math.prod([2**31,2**31]),math.prod([-2**31,2**31]),math.prod([-2**31,-2**31,1]))
s="aé日b\ncé'日\"\\\x7f\x80\u200b\U0001f600\ud800\t"
for t in s, s*3, "'", '"', "'\"", "日'", "日\"", "日本語", "\u200b", "é\n":
    print(ascii(repr(t)), ascii(t), t.encode("unicode_escape"), t.encode("ascii","backslashreplace"), "".join(reversed(t)) == t[::-1])
print(list(reversed(b"abc")), list(reversed("ab")), list(reversed("")), list(reversed(bytearray(b"xy"))))
r=reversed("aé日"); print(next(r), r.__length_hint__(), list(r), list(r))
w="日本語のテキスト" * 3 + "終わり"
big = w * 60
for hay in w, big, "\U0001f600"+w, "\U0001f600"+big:
    for n in "終わり","日本","テキ","スト終","無い","本語の","わり","キス","xx","\U0001f600日", "トト":
        print(hay.find(n), hay.rfind(n), hay.count(n), len(hay.replace(n,"--")), n in hay, len(hay.split(n)), end=" ")
    print(hay.find("語の", 10), hay.find("語の", 10, 12), hay.index("り"), hay.partition("テキ")[0])
