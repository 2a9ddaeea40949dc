# contextvars.
from contextvars import *
v = ContextVar("v"); w = ContextVar("w", default="dw")
try: v.get()
except LookupError as e: print("LookupError", "v" in str(e))
print(v.get("given"), w.get(), v.name)
t = v.set(1); print(v.get(), t.old_value is Token.MISSING, t.var is v); t2 = v.set(2); v.reset(t2); print(v.get()); v.reset(t)
try: v.get()
except LookupError: print("unset again")
try: v.reset(t)
except RuntimeError as e: print("already used" in str(e))
ctx = copy_context(); print(ctx.run(lambda: (v.set("inside"), v.get())[1]), v.get("outside"), ctx[v], v in ctx, len(ctx) > 0, ctx.get(w, "none"), list(ctx)[0].name)
def f(): w.set("f"); return w.get()
c2 = Context(); print(c2.run(f), w.get(), c2.copy()[w], c2 == c2.copy())
try: ctx.run(lambda: ctx.run(print))
except RuntimeError as e: print("already entered" in str(e))
for bad in (lambda: ContextVar(), lambda: ContextVar(5), lambda: v.reset(5), lambda: ctx[5], lambda: Context().run(), lambda: ctx["x"]):
    try: bad()
    except (TypeError, KeyError) as e: print(type(e).__name__)
import threading; r = []
v.set("main"); th = threading.Thread(target=lambda: r.append(v.get("thread default"))); th.start(); th.join(); print(r)
