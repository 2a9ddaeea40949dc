# Counts stay exact while threads share objects.
import sys, threading
x = object(); base = sys.getrefcount(x); l = [x] * 100
def work():
    for _ in range(300):
        a = [x, x]; b = {"k": x}; c = (x,); l.append(x); l.pop(); d = a + [x]; e = l[:50]
ts = [threading.Thread(target=work) for _ in range(5)]; [t.start() for t in ts]; [t.join() for t in ts]
print(len(l), sys.getrefcount(x) - base); l.clear(); print(sys.getrefcount(x) - base)
class A: n = 0
def make():
    for _ in range(500):
        a = A(); a.x = x; b = A(); b.a = a; a.b = None
ts = [threading.Thread(target=make) for _ in range(4)]; [t.start() for t in ts]; [t.join() for t in ts]; print(sys.getrefcount(x) - base); del ts; s = "".join(["sh", "ared"]); n = sys.getrefcount(s); d = {}
def fill(k):
    for i in range(200): d[k, i] = s
ts = [threading.Thread(target=fill, args=(k,)) for k in range(3)]; [t.start() for t in ts]; [t.join() for t in ts]; print(sys.getrefcount(s) - n, len(d)); d.clear(); print(sys.getrefcount(s) - n)
