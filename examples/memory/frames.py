"""Names live in frames on the stack, objects on the heap; a traceback or a generator keeps its frame alive."""
import sys


def inner():
    local = "a value on the heap"
    frame = sys._getframe()
    print("the frame of", frame.f_code.co_name, "holds", sorted(frame.f_locals))
    print("called by", frame.f_back.f_code.co_name, "in line", frame.f_back.f_lineno - frame.f_back.f_code.co_firstlineno)


def outer():
    inner()


outer()


def fail():
    evidence = [1, 2, 3]
    raise ValueError("look into my frame")


try:
    fail()
except ValueError as error:
    last = error.__traceback__.tb_next.tb_frame
    print("the frame outlived its call:", last.f_locals["evidence"])


def counter():
    total = 0
    while True:
        total += yield total


running = counter()
next(running)
running.send(5)
running.send(6)
print("a generator owns its frame:", running.gi_frame.f_locals)
running.close()
print("and gives it up at its end:", running.gi_frame)
