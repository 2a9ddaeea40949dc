"""One lock, the GIL: threads of one interpreter take turns, and reference counts need no lock of their own."""
import sys
import threading

print("turns last at most", sys.getswitchinterval(), "s")
shared, counted = object(), 0
before = sys.getrefcount(shared)
guard = threading.Lock()


def work():
    global counted
    for _ in range(2000):
        held = [shared] * 3
        with guard:
            counted += len(held)
        del held


threads = [threading.Thread(target=work) for _ in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print("counted by four threads:", counted, "- and no reference was lost:", sys.getrefcount(shared) == before)
