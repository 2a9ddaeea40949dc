"""Values of every kind go out of one job and into the next, and come back the same: identity, cycles and sharing included."""
import re
from pathlib import Path

import msgpack
from support import Pool, SystemTest

# (name, code that builds `value`, code that must be true of the arrived `value`)
CASES = [
    ("none", "value = None", "value is None"),
    ("bools", "value = [True, False]", "value == [True, False] and value[0] is True"),
    ("small ints", "value = [0, 1, -1, 255, -128, 2**31, -2**31, 2**62, -2**62]", "value == [0, 1, -1, 255, -128, 2**31, -2**31, 2**62, -2**62]"),
    ("word edges", "value = [2**63 - 1, 2**63, -2**63, 2**64 - 1, 2**64]", "value == [2**63 - 1, 2**63, -2**63, 2**64 - 1, 2**64]"),
    ("big ints", "value = [2**200, -3**400, 10**1000]", "value == [2**200, -3**400, 10**1000]"),
    ("floats", "value = [0.0, -0.0, 1.5, 1e300, 5e-324, float('inf'), -float('inf')]", "list(map(repr, value)) == ['0.0', '-0.0', '1.5', '1e+300', '5e-324', 'inf', '-inf']"),
    ("nan", "value = float('nan')", "value != value"),
    ("complex", "value = [1j, complex(-0.0, 2.5)]", "repr(value) == repr([1j, complex(-0.0, 2.5)])"),
    ("strings", "value = ['', 'ascii', 'caf\\u00e9', '\\u4e2d\\u6587', '\\U0001f334', 'nul\\0in', 'x' * 100000]", "value == ['', 'ascii', 'caf\\u00e9', '\\u4e2d\\u6587', '\\U0001f334', 'nul\\0in', 'x' * 100000]"),
    ("lone surrogate", "value = 'a\\ud800b'", "value == 'a\\ud800b'"),
    ("bytes", "value = [b'', b'\\0\\xff', bytearray(b'mutable')]", "value == [b'', b'\\0\\xff', bytearray(b'mutable')] and type(value[2]) is bytearray"),
    ("lists", "value = [[], [1, [2, [3]]]]", "value == [[], [1, [2, [3]]]]"),
    ("tuples", "value = ((), (1,), (1, (2, (3,))))", "value == ((), (1,), (1, (2, (3,)))) and type(value) is tuple"),
    ("dicts", "value = {'b': 1, 'a': {2: None, (1, 2): 'tuple', None: 0, 1.5: 'f', True: 't'}}", "value == {'b': 1, 'a': {2: None, (1, 2): 'tuple', None: 0, 1.5: 'f', True: 't'}} and list(value) == ['b', 'a']"),
    ("maps with equal keys", "value = [{'id': i, 'na\\u00efve': 2, '\\u00c3\\u00af': 3, 'x' * 40: 4, '': 5, 'k%d' % i: 6, b'id': 7} for i in range(300)]", "value == [{'id': i, 'na\\u00efve': 2, '\\u00c3\\u00af': 3, 'x' * 40: 4, '': 5, 'k%d' % i: 6, b'id': 7} for i in range(300)]"),
    ("sets", "value = [set(), {1, 2}, frozenset({'a', frozenset()})]", "value == [set(), {1, 2}, frozenset({'a', frozenset()})] and type(value[2]) is frozenset"),
    ("ranges and slices", "value = [range(5), range(10, 0, -3), range(10**20, 10**20 + 2), slice(1, None, 2)]", "value == [range(5), range(10, 0, -3), range(10**20, 10**20 + 2), slice(1, None, 2)]"),
    ("singletons", "value = [..., NotImplemented]", "value[0] is ... and value[1] is NotImplemented"),
    ("types", "value = [int, list, ValueError, type(None)]", "value == [int, list, ValueError, type(None)]"),
    ("builtin function", "value = [len, print]", "value[0] is len and value[1] is print"),
    ("shared reference", "a = [1]\nvalue = [a, a, (a,)]", "value[0] is value[1] and value[2][0] is value[0]"),
    ("equal but not shared", "value = [[1], [1]]", "value[0] is not value[1] and value == [[1], [1]]"),
    ("list in itself", "value = [1]\nvalue.append(value)", "value[1] is value and len(value) == 2"),
    ("dict in itself", "value = {}\nvalue['me'] = value", "value['me'] is value"),
    ("cycle through a tuple", "a = []\nvalue = (a, 1)\na.append(value)", "value[0][0] is value"),
    ("two lists in a ring", "a, b = [1], [2]\na.append(b)\nb.append(a)\nvalue = a", "value[1][1] is value and value[1][0] == 2"),
    ("shared string", "s = 'shared ' * 1000\nvalue = [s, s]", "value[0] is value[1]"),
    ("deep nesting", "value = []\nfor _ in range(20000):\n    value = [value]", "(lambda v: (exec('n = 0\\nwhile v:\\n    v = v[0]\\n    n += 1', ns := {'v': v}), ns['n'])[1])(value) == 20000"),
    ("wide list", "value = list(range(200000))", "value == list(range(200000))"),
    ("exception", "try:\n    int('x')\nexcept ValueError as e:\n    value = e", "type(value) is ValueError and value.args == (\"invalid literal for int() with base 10: 'x'\",)"),
    ("exception with cause", "try:\n    try:\n        1 / 0\n    except ZeroDivisionError as z:\n        raise KeyError('k') from z\nexcept KeyError as e:\n    value = e", "type(value.__cause__) is ZeroDivisionError and value.args == ('k',)"),
    ("function", "def value(a, b=2):\n    return a * b", "value(21) == 42"),
    ("closure", "def make(n):\n    def add(x):\n        return x + n\n    return add\nvalue = make(40)", "value(2) == 42"),
    ("lambda", "value = lambda x: x * x", "value(9) == 81"),
    ("class and instance", "class P:\n    def __init__(self, x):\n        self.x = x\n    def double(self):\n        return self.x * 2\nvalue = P(21)", "value.double() == 42 and type(value).__name__ == 'P'"),
    ("instances that know each other", "class N:\n    pass\na, b = N(), N()\na.other, b.other = b, a\nvalue = a", "value.other.other is value and type(value) is type(value.other)"),
    ("slots", "class S:\n    __slots__ = ('p', 'q')\nvalue = S()\nvalue.p = 1", "value.p == 1 and not hasattr(value, 'q')"),
    ("dict subclass", "class D(dict):\n    pass\nvalue = D(a=1)\nvalue.note = 'n'", "value == {'a': 1} and value.note == 'n'"),
    ("collections", "from collections import OrderedDict, defaultdict, deque, Counter\nvalue = [OrderedDict(b=1, a=2), deque([1, 2], 5), Counter('aab'), defaultdict(list, k=[1])]",
     "list(value[0]) == ['b', 'a'] and list(value[1]) == [1, 2] and value[1].maxlen == 5 and value[2]['a'] == 2 and value[3]['new'] == []"),
    ("namedtuple", "from collections import namedtuple\nP = namedtuple('P', 'x y')\nvalue = P(1, 2)", "value == (1, 2) and value.y == 2"),
]

SENDER = """
{build}
value
"""
ECHO = {"source": "def echo(value):\n    return value\n", "function": "echo"}


class Echo(SystemTest):
    @classmethod
    def setUpClass(cls):
        cls.pool = Pool(2)
        cls.pool.__enter__()
        cls.addClassCleanup(cls.pool.__exit__)


def argument_list(value):
    """A list of one argument around an encoded value; see ipc/graph.h for the graph's node table."""
    if value[:1] in b"\xc7\xc8\xc9\xd4\xd5\xd6\xd7\xd8":
        return wrap_graph(value)
    return b"\x91" + value


def wrap_graph(value):
    """Puts a list node in front of the node table: every index grows by one, so the reference bytes are rewritten."""
    ext = msgpack.unpackb(value, strict_map_key=False)
    unpacker = msgpack.Unpacker(raw=False, unicode_errors="surrogatepass")
    unpacker.feed(ext.data)
    objects = list(unpacker)
    version, count, nodes = objects[0], objects[1], objects[2:]
    out = msgpack.packb(version) + b"\xce" + (count + 1).to_bytes(4, "big")
    out += msgpack.packb(1) + msgpack.packb(1) + reference(1)
    for item in nodes:
        if isinstance(item, msgpack.ExtType) and item.code == 0x52:
            out += reference(int.from_bytes(item.data, "big") + 1)
        else:
            out += msgpack.packb(item, unicode_errors="surrogatepass")
    return msgpack.packb(msgpack.ExtType(0x41, out))


def reference(index):
    width = 1 if index < 256 else 2 if index < 65536 else 4
    return msgpack.packb(msgpack.ExtType(0x52, index.to_bytes(width, "big")))


def add_case(name, build, check):
    def test(self):
        with self.pool.client() as client:
            sent, _, _ = client.run(source=SENDER.format(build=build), isolation="session", session="sender " + name)
            self.assertEqual(sent["verdict"], "ok", sent.get("error"))
            echoed, _, _ = client.run(call=ECHO, args=argument_list(sent["value"]))
            self.assertEqual(echoed["verdict"], "ok", echoed.get("error"))
            self.assertEqual(echoed["value"], sent["value"], "the echo's bytes differ")
            source = f"def check(value):\n    return bool({check})\n"
            checked, _, _ = client.run(call={"source": source, "function": "check"}, args=argument_list(echoed["value"]), value_as="repr")
            self.assertEqual((checked["verdict"], checked.get("value_repr")), ("ok", "True"), checked.get("error"))
    test.__doc__ = name
    setattr(Echo, "test_" + name.replace(" ", "_"), test)


for case in CASES:
    add_case(*case)


VALUES = Path(__file__).resolve().parents[1] / "worker" / "rpc" / "values.txt"
CHECK = "TEXT = {check!r}\ndef check(value):\n    exec(compile(TEXT, '<check>', 'exec'), {{'value': value}})\n    return True\n"


def sections():
    """(name, program, check, refusal, whether the echo's bytes are the same) of each section of values.txt."""
    for section in ("\n" + VALUES.read_text()).split("\n== ")[1:]:
        name, _, rest = section.partition("\n")
        program, mark, tail = re.split(r"^(--~?|!! )", rest, maxsplit=1, flags=re.M)
        yield name, program, tail, mark == "!! ", mark == "--"


def add_section(name, program, tail, refused, stable):
    def test(self):
        with self.pool.client() as client:
            sent, _, _ = client.run(source=program + "value\n", filename="program.py")
            if refused:
                self.assertEqual((sent["verdict"], f"{sent['error']['type']}: {sent['error']['message']}"), ("error", tail.strip()))
                return
            self.assertEqual(sent["verdict"], "ok", sent.get("error"))
            echoed, _, _ = client.run(call=ECHO, args=argument_list(sent["value"]))
            self.assertEqual(echoed["verdict"], "ok", echoed.get("error"))
            if stable:
                self.assertEqual(echoed["value"], sent["value"], "the echo's bytes differ")
            check = {"source": CHECK.format(check=tail), "function": "check"}
            checked, _, _ = client.run(call=check, args=argument_list(echoed["value"]), value_as="repr")
            self.assertEqual((checked["verdict"], checked.get("value_repr")), ("ok", "True"), checked.get("error"))
    test.__doc__ = name
    setattr(Echo, "test_values_" + re.sub(r"\W", "_", name), test)


for row in sections():
    add_section(*row)


class Json(SystemTest):
    """Values asked for as JSON: what json.dumps takes, as plain msgpack."""

    @classmethod
    def setUpClass(cls):
        cls.pool = Pool(1)
        cls.pool.__enter__()
        cls.addClassCleanup(cls.pool.__exit__)

    def ask(self, source):
        with self.pool.client() as client:
            outcome, _, _ = client.run(source=source, value_as="json")
            return outcome

    def value(self, source):
        outcome = self.ask(source)
        self.assertEqual(outcome["verdict"], "ok", outcome.get("error"))
        return msgpack.unpackb(outcome["value"], strict_map_key=False)

    def test_tuples_become_lists(self):
        self.assertEqual(self.value("(1, [2.5, None, True], ('x',))"), [1, [2.5, None, True], ["x"]])

    def test_keys_become_strings(self):
        self.assertEqual(self.value("{1: 1, 2.5: 2, None: 3, True: 4, 'k': 5}"), {"1": 4, "2.5": 2, "null": 3, "k": 5})

    def test_subclasses_are_their_base(self):
        self.assertEqual(self.value("class L(list): pass\nclass S(str): pass\nL([S('a'), type('I', (int,), {})(3)])"), ["a", 3])

    def test_refusals_name_the_path(self):
        for source, kind, message in [
            ("{'a': [1, {2}]}", "TypeError", "cannot send result['a'][1] as JSON: a set is not in JSON"),
            ("[float('nan')]", "ValueError", "cannot send result[0] as JSON: NaN is not in JSON"),
            ("[2**64]", "ValueError", "cannot send result[0] as JSON: an int of more than 64 bits"),
            ("l = []\nl.append(l)\nl", "ValueError", "cannot send result[0] as JSON: it contains itself"),
            ("{(1,): 2}", "TypeError", "cannot send result<key 0> as JSON: keys must be str, int, float, bool or None, not tuple"),
        ]:
            with self.subTest(source):
                outcome = self.ask(source)
                self.assertEqual((outcome["verdict"], outcome["error"]["type"], outcome["error"]["message"]), ("error", kind, message))
