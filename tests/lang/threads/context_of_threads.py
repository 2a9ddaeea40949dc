# Every thread begins with an empty context; a copied one can be carried over.
import contextvars, threading
v = contextvars.ContextVar("v", default="default"); v.set("main")
out = []
def f(): out.append(v.get()); v.set("thread"); out.append(v.get())
t = threading.Thread(target=f); t.start(); t.join(); print(out, v.get())
out.clear(); c = contextvars.copy_context(); t = threading.Thread(target=c.run, args=(f,)); t.start(); t.join()
print(out, v.get(), c[v])
inside, leave = threading.Event(), threading.Event()
t = threading.Thread(target=c.run, args=(lambda: (inside.set(), leave.wait()),)); t.start(); inside.wait()
try: c.run(print)
except RuntimeError as e: print(str(e).split(":")[0])
leave.set(); t.join()
