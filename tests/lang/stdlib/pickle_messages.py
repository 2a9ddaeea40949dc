# What cannot be pickled, and pickles that cannot be read.
import io
import pickle
import threading


class Plain:
    pass


class WrongReduce:
    def __reduce__(self):
        return 5


class ShortReduce:
    def __reduce__(self):
        return (1,)


def make_local():
    class Local:
        pass
    return Local


def gone():
    pass


kept = gone
del gone
moved = Plain
Plain = 5


def tell(what):
    try:
        print(what, "->", eval(what))
    except Exception as e:
        words = str(e).split(" at 0x")[0]
        print(what, "->", f"{type(e).__module__}.{type(e).__name__}", words, words == str(e))


for case in """\
pickle.dumps(lambda: 1)
pickle.dumps(make_local())
pickle.dumps(make_local()())
pickle.dumps(kept)
pickle.dumps(moved())
pickle.dumps(WrongReduce())
pickle.dumps(ShortReduce())
pickle.dumps(i for i in ())
pickle.dumps(threading.Lock())
pickle.dumps(pickle)
pickle.dumps(open)
pickle.dumps(1, 9)
pickle.loads(b'')
pickle.loads(b'\\x80\\x04')
pickle.loads(b'hello')
pickle.loads(b'\\xff')
pickle.loads(b'\\x80\\x04K')
pickle.loads(b'.')
pickle.loads('abc')
pickle.loads(b'cos\\nnothing\\n.')
pickle.loads(b'cno_such_module\\nx\\n.')
pickle.load('x')
pickle.dump(1, 'x')
pickle.Pickler, pickle.Unpickler
pickle.PicklingError.__mro__
pickle.loads(pickle.dumps({'a': [1, (2, 3), {4}]}))
""".splitlines():
    tell(case)


class Tagging(pickle.Pickler):
    def persistent_id(self, o):
        return "the-io" if o is io else None


class Untagging(pickle.Unpickler):
    def persistent_load(self, tag):
        return io if tag == "the-io" else tag


f = io.BytesIO()
Tagging(f).dump([1, io])
f.seek(0)
print(Untagging(f).load()[1] is io)
