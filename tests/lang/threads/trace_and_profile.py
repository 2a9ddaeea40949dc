# threading.settrace and setprofile reach threads started later, sys.settrace the present one alone.
import sys, threading
events = []
def tracer(frame, event, arg):
    if frame.f_code.co_name == "f": events.append((event, threading.current_thread().name)); return tracer
def f(): return 1
threading.settrace(tracer); print(threading.gettrace() is tracer, sys.gettrace())
t = threading.Thread(target=f, name="t"); t.start(); t.join(); f()
threading.settrace(None); print(events); events.clear()
def profiler(frame, event, arg):
    if frame.f_code.co_name == "f": events.append((event, threading.current_thread().name))
threading.setprofile(profiler); t = threading.Thread(target=f, name="p"); t.start(); t.join(); threading.setprofile(None); print(events, threading.getprofile())
sys.settrace(tracer); events.clear(); t = threading.Thread(target=f, name="no"); t.start(); t.join(); sys.settrace(None); print(events)
