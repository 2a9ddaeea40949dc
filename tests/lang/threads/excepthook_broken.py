# compare: stderr
# A hook that fails itself is told on stderr.
import threading
def hook(args): raise KeyError("in hook")
threading.excepthook = hook
import sys
def shown(t, v, tb): print("sys.excepthook got", t.__name__, v)
sys.excepthook = shown
def f(): 1 / 0
t = threading.Thread(target=f, name="x"); t.start(); t.join()
print("end")
