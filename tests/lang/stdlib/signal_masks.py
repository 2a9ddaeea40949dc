# Signals that are blocked are held back, and can be waited for; then they come.
import os, signal, threading

got = []
for number in (signal.SIGUSR1, signal.SIGUSR2, signal.SIGALRM): signal.signal(number, lambda n, f: got.append(n))
print(signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGUSR1, signal.SIGUSR2, signal.SIGKILL]))
signal.raise_signal(signal.SIGUSR1)
os.kill(os.getpid(), signal.SIGUSR1)
signal.raise_signal(signal.SIGUSR2)
print(got, signal.sigpending())
print(sorted(signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGUSR1})), got, signal.sigpending())
print(signal.sigwait({signal.SIGUSR2}), got, signal.sigpending())
print(signal.pthread_sigmask(signal.SIG_SETMASK, [signal.SIGALRM]))
print(signal.sigtimedwait({signal.SIGALRM}, 0), signal.sigtimedwait([signal.SIGALRM], 0.02))
signal.setitimer(signal.ITIMER_REAL, 0.02)
info = signal.sigwaitinfo([signal.SIGALRM])
print(type(info), info.si_signo, info.si_errno, len(info), got)
signal.raise_signal(signal.SIGALRM)
info = signal.sigtimedwait([signal.SIGALRM], 5)
print(info[0], info.si_code, info.si_pid == os.getpid(), info.si_uid == os.getuid(), got)
print(signal.pthread_sigmask(signal.SIG_SETMASK, []), signal.sigpending())
print(signal.pthread_kill(threading.get_ident(), signal.SIGUSR2), signal.pthread_kill(threading.main_thread().ident, 0), got)

# a handler that raises ends the wait; what it sent meanwhile comes all the same
def both(number, frame):
    signal.raise_signal(signal.SIGUSR2)
    raise KeyError("by the handler")

signal.signal(signal.SIGUSR2, lambda n, f: print("comes", n))
signal.signal(signal.SIGALRM, both)
signal.setitimer(signal.ITIMER_REAL, 0.02)
try: signal.sigtimedwait([signal.SIGUSR2], 5)
except KeyError as e: print(repr(e))

def said(*calls):
    for text in calls:
        try: print(text, eval(text))
        except Exception as e: print(text, type(e), e)

said("signal.pthread_sigmask(9, [])", "signal.pthread_sigmask(0, [99])", "signal.pthread_sigmask(0, [0])", "signal.pthread_sigmask(0, 5)",
     "signal.pthread_sigmask(0)", "signal.sigtimedwait([], -1)", "signal.sigtimedwait([14], 'a')", "signal.sigtimedwait([14], 1e30)",
     "signal.sigtimedwait([], 0.01)", "signal.sigwait(3)", "signal.pause(1)", "signal.Sigmasks.__members__", "signal.struct_siginfo",
     "signal.pthread_kill(threading.get_ident(), 99)", "signal.pthread_kill('a', 9)", "signal.raise_signal(99)")
