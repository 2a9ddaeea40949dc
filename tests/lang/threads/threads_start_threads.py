# Many threads that each start and join others, one after another.
import threading, time

done = []


def work(number):
    for step in range(25):
        short = threading.Thread(target=done.append, args=((number, step),))
        short.start()
        short.join()


for attempt in range(4):
    threads = [threading.Thread(target=work, args=(number,)) for number in range(60)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(len(done), len(set(done)), threading.active_count())
