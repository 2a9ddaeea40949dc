# Any thread may collect; callbacks run in the thread whose collection it is.
import gc, threading
gc.disable()
seen = []
gc.callbacks.append(lambda phase, info: seen.append((phase, info["generation"], threading.current_thread().name)))
class A:
    def __init__(self): self.me = self
    def __del__(self): seen.append(("del", threading.current_thread().name))
def work(): A(); gc.collect()
gc.collect(); seen.clear()
t = threading.Thread(target=work, name="collector"); t.start(); t.join()
gc.callbacks.clear(); print(seen)
found = []
def many():
    for _ in range(50): A()
    found.append(gc.collect(0) >= 0)
threads = [threading.Thread(target=many) for _ in range(8)]
for t in threads: t.start()
for t in threads: t.join()
gc.collect(); print(found == [True] * 8, len([s for s in seen if s[0] == "del"]))
