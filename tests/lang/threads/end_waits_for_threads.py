# The program's end waits for threads, runs exit functions after them, and stops daemons.
import atexit, threading, time
def late():
    time.sleep(0.03); print("thread ends")
def daemon():
    while True: time.sleep(0.001)
atexit.register(lambda: print("exit function", threading.main_thread().is_alive()))
threading._register_atexit(print, "before the threads are waited for")
threading.Thread(target=daemon, daemon=True).start()
threading.Thread(target=late).start()
print("main ends")
