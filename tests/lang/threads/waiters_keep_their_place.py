# Who has waited longest for a lock gets it first, the main thread too, however many come after.
import threading, time

lock = threading.Lock()
order = []
lock.acquire()


def wait(name):
    with lock:
        order.append(name)
        time.sleep(0.01)


def start(names):
    made = [threading.Thread(target=wait, args=(name,)) for name in names]
    for thread in made:
        thread.start()
        time.sleep(0.08)
    return made


threads = start("abc")
late = threading.Thread(target=lambda: threads.extend(start("def")))
release = threading.Timer(1.5, lock.release)
late.start()
release.start()
time.sleep(0.01)
late.join()
with lock:
    order.append("main")
release.join()
for thread in threads:
    thread.join()
print(sorted(order) == sorted(["main", *"abcdef"]), [name for name in order if name != "main"])
