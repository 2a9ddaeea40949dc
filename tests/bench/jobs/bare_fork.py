"""Jobs per second with a bare os.fork for each, from a process with nothing in it but python3.11: bare_fork.py COUNT"""
import os
import sys
import time


def f(x):
    return x + 1


def fork_and_answer(x):
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.write(writer, b"%d" % f(x))
        os._exit(0)
    os.close(writer)
    value = int(os.read(reader, 100))
    os.close(reader)
    os.waitpid(pid, 0)
    return value


count = int(sys.argv[1])
start = time.perf_counter()
for number in range(count):
    assert fork_and_answer(number) == number + 1
print(count / (time.perf_counter() - start))
