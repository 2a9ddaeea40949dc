# Conversations with generators.
def echo():
    got = None
    while True: got = yield got
e = echo(); next(e); print([e.send(i) for i in range(3)])
def acc():
    total = 0
    while (x := (yield total)) is not None: total += x
    return total
a = acc(); next(a); a.send(5); print(a.send(6))
try: a.send(None)
except StopIteration as s: print(s.value)
def parser():
    words = []
    while True:
        line = yield len(words)
        if line == "end": return words
        words += line.split()
p = parser(); next(p); print(p.send("a b"), p.send("c"))
try: p.send("end")
except StopIteration as s: print(s.value)
def two():
    x = yield "first"; print("x", x)
    y = yield "second"; print("y", y)
t = two(); print(next(t), t.send(1), next(t, "over"))
def forward(g):
    r = yield from g
    print("inner returned", r)
    return "outer"
f = forward(acc()); next(f); f.send(10); print(f.send(20))
try: f.send(None)
except StopIteration as s: print(s.value)
def machine():
    state = "idle"
    while True:
        event = yield state
        state = {("idle", "start"): "running", ("running", "stop"): "idle", ("running", "crash"): "dead"}.get((state, event), state)
        if state == "dead": return "rest in peace"
m = machine(); next(m); print([m.send(x) for x in ("start", "start", "stop", "start")])
try: m.send("crash")
except StopIteration as s: print(s.value)
