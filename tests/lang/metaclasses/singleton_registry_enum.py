# Patterns made of metaclasses.
class Singleton(type):
    inst = {}
    def __call__(cls, *a, **k):
        if cls not in cls.inst: cls.inst[cls] = super().__call__(*a, **k)
        return cls.inst[cls]
class Cfg(metaclass=Singleton):
    def __init__(self, v=0): self.v = v
class Sub(Cfg): pass
print(Cfg(1) is Cfg(2), Cfg().v, Sub(5).v, Sub() is Cfg())
class Registry(type):
    all = {}
    def __init__(cls, n, b, d): super().__init__(n, b, d); Registry.all[n.lower()] = cls
    def __getitem__(cls, n): return Registry.all[n]
    def __iter__(cls): return iter(sorted(Registry.all))
    def __len__(cls): return len(Registry.all)
    def __contains__(cls, n): return n in Registry.all
class Plugin(metaclass=Registry): pass
class Json(Plugin): pass
class Xml(Plugin): pass
print(list(Plugin), len(Plugin), Plugin["json"] is Json, "xml" in Plugin, "q" in Plugin, [k for k in Xml])
class EnumMeta(type):
    def __new__(m, n, b, d):
        members = {k: v for k, v in d.items() if not k.startswith("_")}
        c = super().__new__(m, n, b, {k: v for k, v in d.items() if k.startswith("_")})
        c._members = {}
        for k, v in members.items(): o = object.__new__(c); o.name, o.value = k, v; c._members[k] = o; type.__setattr__(c, k, o)
        return c
    def __iter__(c): return iter(c._members.values())
    def __setattr__(c, k, v):
        if k in c.__dict__.get("_members", {}): raise AttributeError(f"cannot reassign {k}")
        super().__setattr__(k, v)
    def __call__(c, v): return next((m for m in c if m.value == v), None)
class Colour(metaclass=EnumMeta):
    RED = 1; GREEN = 2
    def __repr__(self): return f"<{self.name}={self.value}>"
print(list(Colour), Colour.RED, Colour(2), Colour(9), Colour.RED is Colour(1))
try: Colour.RED = 5
except AttributeError as e: print(e)
class Final(type):
    def __new__(m, n, b, d):
        for x in b:
            if isinstance(x, Final): raise TypeError(f"{x.__name__} is final")
        return super().__new__(m, n, b, d)
class F(metaclass=Final): pass
try:
    class G(F): pass
except TypeError as e: print(e)
class AutoRepr(type):
    def __new__(m, n, b, d): d.setdefault("__repr__", lambda s: f"{n}({', '.join(f'{k}={v!r}' for k, v in vars(s).items())})"); return super().__new__(m, n, b, d)
class Pt(metaclass=AutoRepr):
    def __init__(self, x, y): self.x, self.y = x, y
print(Pt(1, "two"))
class Checked(type):
    def __new__(m, n, b, d):
        if b and "run" not in d: raise TypeError(f"{n} must define run")
        return super().__new__(m, n, b, d)
class Task(metaclass=Checked): pass
class Ok(Task):
    def run(self): pass
try: type(Task)("Bad", (Task,), {})
except TypeError as e: print(e)
