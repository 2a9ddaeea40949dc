# run() of a subclass is what a thread does; its arguments are dropped afterwards.
import sys, threading
class T(threading.Thread):
    def run(self): self.result = sum(range(10))
t = T(); t.start(); t.join(); print(t.result)
class A: pass
a = A(); count = sys.getrefcount(a)
t = threading.Thread(target=lambda x, y: None, args=(a,), kwargs={"y": a}); t.start(); t.join()
print(sys.getrefcount(a) == count, hasattr(t, "_target"))
direct = threading.Thread(target=print, args=("called directly",)); direct.run()
