# An exception that nobody can handle, and that no Python code raised, tells where the program was.
import sys

def stubborn():
    while True:
        try:
            yield
        except GeneratorExit:
            print("ignored")
            yield

seen = []
def hook(u):
    seen.append((u.exc_type.__name__, str(u.exc_value), u.exc_traceback is not None,
                 u.exc_traceback and u.exc_traceback.tb_frame.f_code.co_name))
sys.unraisablehook = hook

def drops():
    g = stubborn()
    next(g)
    del g

drops()
class Failing:
    def __del__(self):
        raise ValueError("in del")
def fails():
    Failing()
fails()
print(seen)
