# A trace function may look at f_locals once, change them, or take one away: the frame's own locals stay right.
import sys

def looked_at_once():
    a = 1
    for i in range(4):
        a += i
        b = a
    return a, b, i

seen = []
def look(frame, event, arg):
    if frame.f_code is looked_at_once.__code__:
        if not seen:
            seen.append(frame.f_locals)
        return look
sys.settrace(look)
print(looked_at_once())
sys.settrace(None)
print(seen)

def changed():
    x = "old"
    y = 1
    return x, y

def change(frame, event, arg):
    if frame.f_code is changed.__code__:
        if event == "line" and frame.f_locals.get("y"):
            frame.f_locals["x"] = "new"
        return change
sys.settrace(change)
print(changed())
sys.settrace(None)
print(changed())

def emptied():
    x = 1
    y = 2
    for i in range(3):
        y += 1
    return x + y

def take(frame, event, arg):
    if frame.f_code is emptied.__code__:
        if event == "line":
            frame.f_locals.pop("x", None)
        return take
for i in range(100):
    emptied()
sys.settrace(take)
try:
    print(emptied())
except UnboundLocalError as e:
    print(e)
sys.settrace(None)
print([emptied() for i in range(60)][-1])
