# sched-like priority handling, graphlib, queue classes.
import graphlib, queue
ts = graphlib.TopologicalSorter({"d": {"b", "c"}, "b": {"a"}, "c": {"a"}}); o = list(ts.static_order()); print(o[0], o[-1], sorted(o[1:3]))
try: list(graphlib.TopologicalSorter({"a": {"b"}, "b": {"a"}}).static_order())
except graphlib.CycleError as e: print("cycle", sorted(set(e.args[1])))
t = graphlib.TopologicalSorter(); t.add("x", "y", "z"); t.prepare(); print(sorted(t.get_ready()), t.is_active()); t.done("y", "z"); print(t.get_ready()); t.done("x"); print(t.is_active())
q = queue.PriorityQueue(); [q.put(i) for i in ((2, "b"), (1, "z"), (1, "a"))]; print([q.get() for _ in range(3)], q.empty()); l = queue.LifoQueue(2); l.put(1); l.put(2); print(l.full(), l.get(), l.qsize())
try: l.put(1); l.put(2, block=False)
except queue.Full: print("full")
try: queue.Queue().get(block=False)
except queue.Empty: print("empty")
import sched, time
s = sched.scheduler(lambda: clock[0], lambda d: clock.__setitem__(0, clock[0] + d)); clock = [0]; log = []
s.enter(5, 1, log.append, ("five",)); s.enter(1, 2, log.append, ("one b",)); s.enter(1, 1, log.append, ("one a",)); e = s.enter(3, 1, log.append, ("never",)); s.cancel(e); print(len(s.queue), s.empty()); s.run(); print(log, clock, s.empty())
