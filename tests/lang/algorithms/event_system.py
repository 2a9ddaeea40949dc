# Observers, commands with undo, a scheduler, a state machine.
class Events:
    def __init__(self): self.h = {}
    def on(self, name, f=None):
        if f is None: return lambda f: self.on(name, f)
        self.h.setdefault(name, []).append(f); return f
    def emit(self, name, *a): return [f(*a) for f in self.h.get(name, ())]
ev = Events()
@ev.on("x")
def first(v): return v + 1
ev.on("x", lambda v: v * 2); print(ev.emit("x", 5), ev.emit("none"), first(1))
class Editor:
    def __init__(self): self.t, self.undo_, self.redo_ = "", [], []
    def do(self, cmd): self.t = cmd.run(self.t); self.undo_.append(cmd); self.redo_.clear()
    def undo(self): c = self.undo_.pop(); self.t = c.back(self.t); self.redo_.append(c)
    def redo(self): c = self.redo_.pop(); self.t = c.run(self.t); self.undo_.append(c)
class Add:
    def __init__(self, s): self.s = s
    def run(self, t): return t + self.s
    def back(self, t): return t[:-len(self.s)]
class Upper:
    def run(self, t): self.old = t; return t.upper()
    def back(self, t): return self.old
e = Editor(); [e.do(c) for c in (Add("ab"), Add("cd"), Upper())]; out = [e.t]; e.undo(); out.append(e.t); e.undo(); out.append(e.t); e.redo(); out.append(e.t); print(out)
try: e.redo(); e.redo()
except IndexError as x: print(x)
def sched(tasks):
    import heapq
    h, out, n = [], [], 0
    for t, g in tasks: heapq.heappush(h, (t, n := n + 1, g))
    while h:
        t, k, g = heapq.heappop(h)
        try: d = next(g); out.append((t, k)); heapq.heappush(h, (t + d, k, g))
        except StopIteration as s: out.append((t, s.value))
    return out
def job(name, *delays): yield from delays; return name
print(sched([(0, job("a", 3, 3)), (1, job("b", 1, 1, 1))]))
class Light:
    states = {"red": ("green", 3), "green": ("yellow", 2), "yellow": ("red", 1)}
    def __init__(self): self.s = "red"
    def __iter__(self): return self
    def __next__(self): cur = self.s; self.s, n = self.states[cur]; return cur, n
l = Light(); print([next(l) for _ in range(4)])
