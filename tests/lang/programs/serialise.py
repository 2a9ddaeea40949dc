"""Pickle, copy, json, csv, struct, base64, uuid, hashlib, zlib, datetime, calendar, fractions."""
import array
import base64
import calendar
import copy
import csv
import fractions
import hashlib
import hmac
import io
import json
import pickle
import pprint
import struct
import uuid
import zlib
from datetime import date, datetime, time, timedelta, timezone
from decimal import Context, Decimal, getcontext, localcontext


class Node:
    __slots__ = ("value", "children", "__weakref__")

    def __init__(self, value, *children):
        self.value, self.children = value, list(children)

    def __getstate__(self):
        return {"v": self.value, "c": self.children}

    def __setstate__(self, state):
        self.value, self.children = state["v"], state["c"]

    def __repr__(self):
        return f"Node({', '.join(map(repr, [self.value, *self.children]))})"

    def __eq__(self, other):
        return isinstance(other, Node) and (self.value, self.children) == (other.value, other.children)

    __hash__ = None


class Vec(tuple):
    def __new__(cls, *xs):
        return super().__new__(cls, xs)

    def __getnewargs__(self):
        return tuple(self)

    def __reduce_ex__(self, protocol):
        return Vec, tuple(self), {"p": protocol}

    def __setstate__(self, state):
        self.__dict__.update(state)


tree = Node(1, Node("two"), Node(3.5, Node(None), Node((1, b"x"))))
tree.children.append(Node([tree.value] * 2))
for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
    if protocol < 2:
        continue
    data = pickle.dumps(tree, protocol)
    print(protocol, len(data), hashlib.md5(data).hexdigest(), pickle.loads(data) == tree)
v = pickle.loads(pickle.dumps(Vec(1, 2)))
print(v, v.p, copy.copy(v).p, copy.deepcopy({"k": [v, v]}), type(copy.deepcopy(v)).__name__)
loop = [1]
loop.append(loop)
print(copy.deepcopy(loop), pickle.loads(pickle.dumps(loop)), pprint.pformat(loop).split()[0])
try:
    hash(tree)
except TypeError as e:
    print(e)
for bad in (lambda: 1, (x for x in ()), type("Local", (), {})()):
    try:
        pickle.dumps(bad)
    except (pickle.PicklingError, AttributeError, TypeError) as e:
        print(type(e).__name__, str(e).split(" at 0x")[0])


class Encoder(json.JSONEncoder):
    def default(self, o):
        match o:
            case set() | frozenset():
                return sorted(o)
            case datetime() | date():
                return o.isoformat()
            case complex(real=r, imag=i):
                return {"__complex__": [r, i]}
        return super().default(o)


blob = {"s": {3, 1, 2}, "d": datetime(2024, 2, 29, 12, 30, tzinfo=timezone(timedelta(hours=5, minutes=30))),
    "z": 1 - 2j, 1: None,
        "nan": float("inf"), "é": "\u2028\"\\", None: [], True: {}}
text = json.dumps(blob, cls=Encoder, indent=1, ensure_ascii=True, separators=(",", ": "))
print(text)
print(json.loads('{"a": {"__complex__": [1, 2]}, "n": 1.50}',
    object_hook=lambda d: complex(*d["__complex__"]) if "__complex__" in d else d,
                 parse_float=Decimal))
for bad in ("{", "[1,]", '{"a" 1}', "nul", '"\x01"', "[1] x", "", "01"):
    try:
        json.loads(bad)
    except json.JSONDecodeError as e:
        print(e, e.pos)
try:
    json.dumps({"k": {(1, 2): 3}})
except TypeError as e:
    print(e)
out = io.StringIO()
writer = csv.DictWriter(out, ["a", "b"], extrasaction="raise", restval="?", quoting=csv.QUOTE_MINIMAL)
writer.writeheader()
writer.writerows([{"a": 'q"uote', "b": "x,y"}, {"a": "line\nbreak"}, {"b": None}])
print(repr(out.getvalue()), list(csv.reader(io.StringIO(out.getvalue()))),
    csv.Sniffer().sniff("a;b;c\n1;2;3\n").delimiter)
packed = struct.pack("<hIq?5sd", -2, 7, -1, True, b"abc", 1.5)
print(packed.hex(" ", 4), struct.unpack("<hIq?5sd", packed), struct.calcsize(">bH"),
    [*struct.iter_unpack("<H", b"\1\0\2\0")])
print(base64.b64encode(packed[:9]), base64.urlsafe_b64decode("_-8="), base64.b32encode(b"hi"),
    base64.b85encode(b"data!"), base64.a85decode("87cURD]i"))
print(uuid.uuid5(uuid.NAMESPACE_DNS, "python.org"), uuid.UUID(int=2**127).variant,
    uuid.uuid3(uuid.NAMESPACE_URL, "x").version)
print(hashlib.sha256(b"a" * 1000).hexdigest()[:16], hashlib.blake2b(b"k", digest_size=8).hexdigest(),
    hmac.new(b"k", b"m", "sha256").hexdigest()[:12],
      zlib.crc32(b"abc"), zlib.decompress(zlib.compress(b"a" * 50))[:5])
print(array.array("i", [1, -2]).tobytes(), array.array("d", [1.5]) * 2,
    memoryview(bytearray(b"abcdef"))[::2].tolist(), int.from_bytes(b"\xff\xfe", "big", signed=True))
d = datetime(2024, 1, 31, 23, 59, 59, 999999)
print(d + timedelta(days=30, microseconds=1), d.strftime("%A %d %B %Y %j %U %H:%M:%S.%f %p"),
    d.isocalendar(), d - datetime(2023, 1, 1), divmod(timedelta(days=3), timedelta(hours=7)))
print(datetime.strptime("03/Feb/2021 04:05 +0200", "%d/%b/%Y %H:%M %z"),
    date.fromisoformat("2024-12-30").isocalendar().week, time.fromisoformat("04:05:06.5"),
        datetime.fromtimestamp(86400.5, timezone.utc))
print(calendar.month(2024, 2), calendar.monthrange(2023, 2), calendar.isleap(1900),
    [*calendar.Calendar(6).itermonthdays(2024, 9)][:9])
f = fractions.Fraction("3.125")
print(f, f.limit_denominator(7), fractions.Fraction(1, 3) ** -2,
    fractions.Fraction(0.1).limit_denominator(), f"{float(f):.1e}", round(f), divmod(f, 1))
with localcontext(Context(prec=6)) as c:
    print(Decimal(1) / 7, Decimal("1e5").normalize(), Decimal(2).sqrt(),
        c.flags[__import__("decimal").Inexact])
print(getcontext().prec, Decimal("1.10") + Decimal("2.205"), round(Decimal("2.675"), 2),
    Decimal("-0").is_signed(), f"{Decimal('1234567.891'):,.1f}", Decimal("NaN").is_nan())
pprint.pprint({"key%d" % i: {"list": list(range(i * 4)), "t": ("x" * 20, "y" * 20)} for i in range(4)},
    width=60, compact=True)
