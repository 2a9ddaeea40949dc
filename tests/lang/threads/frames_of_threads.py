# sys._current_frames and _current_exceptions show every thread by its number.
import sys, threading
def inner(entered, leave):
    try:
        raise ValueError("held")
    except ValueError:
        entered.set()
        leave.wait()
def outer(entered, leave):
    inner(entered, leave)
entered, leave = threading.Event(), threading.Event()
t = threading.Thread(target=outer, args=(entered, leave))
t.start(); entered.wait()
frames, exceptions = sys._current_frames(), sys._current_exceptions()
print(set(frames) == {t.ident, threading.get_ident()} == set(exceptions))
f = frames[t.ident]; names = []
while f:
    names.append(f.f_code.co_name); f = f.f_back
print(names[-5:], frames[threading.get_ident()] is sys._getframe())
print(repr(exceptions[t.ident][:2]), exceptions[threading.get_ident()])
leave.set(); t.join()
print(t.ident in sys._current_frames())
