# Timers of a program: alarm and setitimer end loops, sleeps and waits for locks; what is left of them can be asked.
import signal, threading, time

class Late(Exception): pass

def late(number, frame): raise Late(signal.Signals(number).name, frame is not None)

signal.signal(signal.SIGALRM, late)
print(signal.alarm(0), signal.alarm(7), signal.alarm(3), signal.alarm(0), signal.alarm(-1), signal.alarm(0))
for what in (lambda: time.sleep(30), lambda: threading.Lock().acquire() and None, lambda: [None for _ in iter(int, 1)]):
    signal.setitimer(signal.ITIMER_REAL, 0.05)
    began = time.monotonic()
    lock = threading.Lock(); lock.acquire()
    try:
        what() if what.__code__.co_names[0] != "threading" else lock.acquire()
    except Late as e:
        print(e, 0.045 < time.monotonic() - began < 20)
    print(signal.getitimer(signal.ITIMER_REAL))

# an interval rings again and again; a sleep goes on behind a handler that returns
rings = []
signal.signal(signal.SIGALRM, lambda number, frame: rings.append(number))
began = time.monotonic()
print(signal.setitimer(signal.ITIMER_REAL, 0.03, 0.03))
time.sleep(0.3)
left, interval = signal.setitimer(signal.ITIMER_REAL, 0)
print(time.monotonic() - began >= 0.3, 3 <= len(rings) <= 11, set(rings), 0 < left <= 0.03, interval)

# processor time
for which, number in (signal.ITIMER_VIRTUAL, signal.SIGVTALRM), (signal.ITIMER_PROF, signal.SIGPROF):
    signal.signal(number, late)
    print(signal.setitimer(which, 0.02))
    try:
        while True: sum(range(1000))
    except Late as e:
        print(e)

# pause waits for a handler
signal.signal(signal.SIGALRM, lambda number, frame: print("rings", number))
signal.setitimer(signal.ITIMER_REAL, 0.02)
print(signal.pause())

def said(*calls):
    for text in calls:
        try: print(text, eval(text))
        except Exception as e: print(text, type(e).__mro__[:2], e)

said("signal.alarm('a')", "signal.alarm(1.5)", "signal.alarm(10**20)", "signal.setitimer(5, 1)", "signal.setitimer(0, -1)",
     "signal.setitimer(0, 1, -1)", "signal.setitimer(0, 'a')", "signal.setitimer(0, 1e30)", "signal.setitimer(0, float('nan'))",
     "signal.setitimer(0)", "signal.getitimer(7)", "signal.getitimer(0)", "signal.ItimerError", "issubclass(signal.ItimerError, OSError)",
     "(signal.ITIMER_REAL, signal.ITIMER_VIRTUAL, signal.ITIMER_PROF)", "(signal.setitimer(0, 5, 2), signal.alarm(0))")
