"""The pickle machine: bytes of all protocols, broken programs, hooks, deep and cyclic values."""
import collections
import copyreg
import functools
import io
import operator
import pickle
import pickletools
import re
import sys


def show(label, f, *args, **kwargs):
    try:
        result = f(*args, **kwargs)
    except BaseException as e:
        print(label, type(e).__name__, re.sub("0x[0-9a-f]+", "0x", str(e))[:150])
    else:
        print(label, ascii(result)[:200])
        return result


class Plain:
    def __init__(self, n):
        self.n = n

    class Inner:
        pass


class Slots:
    __slots__ = ("a", "b")


class Listed(list):
    pass


class Mapped(dict):
    pass


class Numbered(int):
    def __new__(cls, n, *, unit=None):
        self = super().__new__(cls, n)
        self.unit = unit
        return self

    def __getnewargs_ex__(self):
        return (int(self),), {"unit": self.unit}


Point = collections.namedtuple("Point", "x y")
shared = [1]
slots = Slots()
slots.a = 5
listed = Listed([1, 2])
listed.name = "l"
mapped = Mapped(a=1)
mapped.self = mapped
loop = []
loop.append((loop, {"loop": loop}))
values = [None, True, False, 0, 1, 255, 256, 65535, 65536, -1, 2 ** 31 - 1, 2 ** 31, -2 ** 31, -2 ** 31 - 1, 2 ** 63, -2 ** 63, 2 ** 2000, -2 ** 2000, 0.0, -0.0, 1e300, float("inf"),
          1.5, "", "abc", "é\u20ac\U0001f600", "a\nb\\\r\x00\x1a", "\ud800", "x" * 300, b"", b"abc", b"\xff\x00", b"x" * 300, bytearray(b""), bytearray(b"ab"), (), (1,), (1, 2), (1, 2, 3),
          (1, 2, 3, 4), [], [1], [1, 2], list(range(1001)), {}, {1: 2}, {i: i for i in range(1002)}, {1}, frozenset([2]), set(), frozenset(), [shared, shared], int, type(None),
          type(...), ..., NotImplemented, len, Plain, Plain.Inner, Plain.__init__, collections.OrderedDict, Point(1, 2), range(3), slice(1, 2, 3), 1 + 2j,
          ValueError("v", 1), collections.OrderedDict(a=1), collections.Counter("aab"), collections.deque([1], 3), functools.partial(int, base=2), operator.itemgetter(1)]
for protocol in range(6):
    total = 0
    for value in values:
        data = pickle.dumps(value, protocol)
        back = pickle.loads(data)
        total += len(data)
        if repr(back) != repr(value) and back != value:
            print("differs", protocol, value, back)
        if data != pickle._dumps(value, protocol):
            print("bytes differ", protocol, ascii(value)[:50])
        if repr(pickle._loads(data)) != repr(back):
            print("loads differ", protocol, ascii(value)[:50])
    print(protocol, total)
    p = pickle.loads(pickle.dumps(Plain(shared), protocol))
    print(p.n, vars(p))
    back = pickle.loads(pickle.dumps(listed, protocol))
    print(type(back).__name__, back, back.name)
    back = pickle.loads(pickle.dumps(mapped, protocol))
    print(back, back.self is back)
    back = pickle.loads(pickle.dumps(loop, protocol))
    print(back[0][0] is back, back[0][1]["loop"] is back)
    show("slots", lambda: pickle.loads(pickle.dumps(slots, protocol)).a)
    show("numbered", lambda: (lambda n: (n, n.unit))(pickle.loads(pickle.dumps(Numbered(5, unit="m"), protocol))))

for data in [b"", b".", b"N", b"N.", b"(.", b"(N.", b"0.", b"1.", b"2.", b"t.", b"(t.", b"\x85.", b"a.", b"NNa.", b"]Na.", b"]N", b"]NNNe.", b"](NNe.", b"}Ns.", b"}NNs.", b"}(Nu.",
             b"(Nd.", b"(lN", b"g0\n.", b"h\x05.", b"j\xff\xff\xff\xff.", b"Np5\ng5\n.", b"p0\n.", b"q\x00.", b"\x94.", b"gx\n.", b"g-1\n.", b"Np-1\n.",
             b"I5\n.", b"Ix\n.", b"I01\n.", b"I00\n.", b"I\n.", b"L5L\n.", b"Lx\n.", b"F1.5\n.", b"Fx\n.", b"\x8a\x00.", b"\x8a\xff.", b"\x8b\xff\xff\xff\xff.", b"\x8a\x02\xff\x7f.",
             b"S'a'\n.", b"S'a\n.", b"Sa\n.", b"S'\\x41\\n'\n.", b"T\xff\xff\xff\xff.", b"U\x01\xe9.", b"U\x01a.", b"V\\u0041\n.", b"X\x05\x00\x00\x00ab", b"X\x02\x00\x00\x00\xff\xff.",
             b"B\xff\xff\xff\x7fabc", b"\x8e\xff\xff\xff\xff\xff\xff\xff\xffabc",
             b"\x95\xff\xff\xff\xff\xff\xff\xff\xff.", b"\x95\x05\x00\x00\x00\x00\x00\x00\x00N.", b"\x80\x06.", b"\x80\xff", b"\x80", b"cos\nnothing\n.", b"cnothing_here\nx\n.", b"c\n\n.",
             b"cbuiltins\nint\n(I5\ntR.", b"cbuiltins\nint\nNR.", b"cbuiltins\nint\n)\x81.", b"N)\x81.", b"cbuiltins\nint\nN\x81.", b"cbuiltins\nint\n)}\x92.", b"cbuiltins\nint\n)N\x92.",
             b"ctypes\nFunctionType\n)\x81.", b"ctypes\nGeneratorType\n)\x81.", b"(cbuiltins\nlist\no.", b"(ibuiltins\nlist\n.", b"(ibuiltins\n", b"\x8c\x08builtins\x8c\x03int\x93.", b"NN\x93.",
             b"\x82\x00.", b"\x82\x05.", b"P5\n.", b"NQ.", b"\x97.", b"\x98.", b"N\x98.", b"Nb.", b"NNb.", b"]Nb.", b"]}b.", b"]N}\x86b.", b"](N\x90.", b"\x8f(K\x01\x90.", b"\x8f(]\x90.", b"(K\x01\x91.",
             b"!", b"\x00", b"\xff", b"'", b"\\", b"}]Ns.", b"(]Nd.", b"(" * 100 + b".", b"Np0\n0g0\n."]:
    show(data, pickle.loads, data)
    show("   file", pickle.load, io.BytesIO(data))

for bad in [lambda: 0, (i for i in ()), sys._getframe(), open, print.__self__, type("Lost", (), {}), type("Lost", (), {})(), io.StringIO(), io.BytesIO(b"x"), iter([1]), memoryview(b"a")]:
    show("dumps", lambda: len(pickle.dumps(bad)))


class Reduces:
    def __init__(self, what):
        self.what = what

    def __reduce__(self):
        return self.what


for what in [5, None, (), (1,), (int, 5), (5, ()), (int, (), None, 5), (int, (), None, None, 5), (int, (), None, None, None, 5), (1,) * 7, "nothing", "Plain", (int, ("5",)), (list, (), None, iter([1, 2, 3])),
             (dict, (), None, None, iter([(1, 2)])), (dict, (), None, None, iter([1])), (Plain, (5,), {"x": 1}), (Plain, (5,), ({"x": 1}, {"y": 2})), (Plain, (5,), (None, {"y": 2})),
             (copyreg.__newobj__, ()), (copyreg.__newobj__, (5,)), (copyreg.__newobj__, (Plain,)), (copyreg.__newobj_ex__, (1, 2)), (copyreg.__newobj_ex__, (1, 2, 3)), (copyreg.__newobj_ex__, (Plain, 2, 3))]:
    data = show(what.__class__.__name__, lambda: pickle.dumps(Reduces(what)))
    if data:
        show("   back", lambda: (lambda v: vars(v) if isinstance(v, Plain) else v)(pickle.loads(data)))

deep = []
for _ in range(100000):
    deep = [deep]
show("deep", pickle.dumps, deep)
show("deep load", lambda: len(pickle.loads(b"]" * 50000 + b"a" * 49999 + b".")))


class Hooks(pickle.Pickler):
    def persistent_id(self, o):
        return o.n if isinstance(o, Plain) else None

    def reducer_override(self, o):
        return (int, ("7",)) if isinstance(o, Slots) else NotImplemented


class Unhooks(pickle.Unpickler):
    def persistent_load(self, n):
        return ("persistent", n)

    def find_class(self, module, name):
        print("find", module, name)
        return super().find_class(module, name)


for protocol in range(6):
    out = io.BytesIO()
    hooks = Hooks(out, protocol)
    hooks.dump([Plain("12"), Slots(), Point(1, Plain("é" if protocol else "e"))])
    hooks.dump("again")
    back = Unhooks(io.BytesIO(out.getvalue()))
    print(protocol, back.load(), back.load())
show("persistent_id", lambda: Hooks(io.BytesIO(), 0).dump(Plain("é")))
table = pickle.Pickler(out := io.BytesIO())
table.dispatch_table = collections.ChainMap({Plain: lambda p: (str, (p.n,))}, copyreg.dispatch_table)
table.dump(Plain("text"))
print(pickle.loads(out.getvalue()), sorted(len(v) for v in table.memo.copy().values()), table.bin, table.fast)
fast = pickle.Pickler(out := io.BytesIO())
fast.fast = True
fast.dump([shared, shared])
print(out.getvalue())
show("fast cycle", lambda: str(fast.dump(loop))[:40])
for args in [(), (1,), (io.BytesIO(), 6), (io.BytesIO(), "4"), (io.BytesIO(), 4, True, print)]:
    show("Pickler", lambda: type(pickle.Pickler(*args)))
for args in [(), (1,), (io.BytesIO(), 5)]:
    show("Unpickler", lambda: type(pickle.Unpickler(*args)))
show("encoding", lambda: pickle.loads(b"U\x01\xe9.", encoding="latin-1"))
show("bytes", lambda: pickle.loads(b"U\x01\xe9.", encoding="bytes"))
show("no init", lambda: pickle.Pickler.__new__(pickle.Pickler).dump(1))
show("no init", lambda: pickle.Unpickler.__new__(pickle.Unpickler).load())
buffers = []
data = pickle.dumps([pickle.PickleBuffer(bytearray(b"abc")), pickle.PickleBuffer(b"def")], 5, buffer_callback=buffers.append)
print(data, [bytes(b) for b in buffers], pickle.loads(data, buffers=buffers)[0].__class__)
show("no buffers", pickle.loads, data)
show("few buffers", lambda: pickle.loads(data, buffers=[b"x"]))
show("inside", lambda: pickle.loads(pickle.dumps(pickle.PickleBuffer(b"abc"), 5)))
show("old", pickle.dumps, pickle.PickleBuffer(b"abc"), 4)
released = pickle.PickleBuffer(b"x")
released.release()
show("released", pickle.dumps, released, 5)
print(pickletools.optimize(pickle.dumps(["ab", "ab"], 4)))
