# Module __getattr__, __dir__, __class__ and attribute errors.
import types, sys
m = types.ModuleType("mod", "the doc")
print(m.__name__, m.__doc__, m.__package__, m.__loader__, m.__spec__, sorted(vars(m)), repr(m))
exec("x = 1\ndef get(): return x\ndef setx(v):\n    global x\n    x = v", m.__dict__); m.setx(5); print(m.x, m.get()); m.x = 7; print(m.get()); del m.x
try: m.get()
except NameError as e: print(e)
try: m.nope
except AttributeError as e: print(e)
m.__getattr__ = lambda n: n * 2 if n != "bad" else (_ for _ in ()).throw(AttributeError("bad attr")); print(m.ab, hasattr(m, "bad"), m.__getattr__("q")); m.__dir__ = lambda: ["z", "a"]; print(dir(m))
class Sub(types.ModuleType):
    @property
    def prop(self): return "from class"
    def __setattr__(self, k, v): print("set", k); super().__setattr__(k, v)
    def __call__(self): return "called"
m.__class__ = Sub; print(m.prop, m(), type(m).__name__); m.new = 1; print(m.new)
try: m.__class__ = int
except TypeError as e: print(e)
m.__name__ = "renamed"; print(repr(m), m.__name__); del m.__name__; print(repr(m))
try: m.__dict__ = {}
except (AttributeError, TypeError) as e: print(type(e).__name__)
for bad in (lambda: types.ModuleType(), lambda: types.ModuleType(5), lambda: types.ModuleType("a", "b", "c")):
    try: print(bad())
    except TypeError as e: print(e)
sys.modules["mod2"] = Sub("mod2"); import mod2; print(mod2.prop); from mod2 import prop; print(prop); mm = sys.modules[__name__]; mm.dyn = 5; print(dyn, mm.__dict__ is globals(), vars(mm) is globals())
