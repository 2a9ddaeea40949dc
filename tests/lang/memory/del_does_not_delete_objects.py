# del removes a name, not the object.
class D:
    def __del__(self): print("freed")
a = D(); b = a; del a; print("a is gone"); l = [b]; del b; print("b is gone"); l.pop(); print("list is empty")
x = D(); d = {"k": x}; del x; print("still in dict"); del d["k"]; print("out of dict")
def f(): y = D(); z = y; del y; print("y deleted"); return z
w = f(); print("returned"); w = None
try: a
except NameError as e: print(e)
c = D(); c2 = c; c = None; print("rebound"); del c2; print("end")
