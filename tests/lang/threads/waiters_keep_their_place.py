# Who has waited longest for a lock gets it first, the main thread too, however many come after. On a busy machine a thread may come
# too late to wait in its place, so that the order counts which one of several rounds shows.
import threading, time


def round_of_waits():
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
            time.sleep(0.04)
        return made

    threads = start("abc")
    late = threading.Thread(target=lambda: threads.extend(start("def")))
    release = threading.Timer(1, lock.release)
    late.start()
    release.start()
    time.sleep(0.01)
    late.join()
    with lock:
        order.append("main")
    release.join()
    for thread in threads:
        thread.join()
    return sorted(order) == sorted(["main", *"abcdef"]), [name for name in order if name != "main"]


wanted = True, list("abcdef")
for _ in range(5):
    shown = round_of_waits()
    if shown == wanted:
        break
print(*shown)
