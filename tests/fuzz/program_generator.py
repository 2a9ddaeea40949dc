"""Random programs whose output is determined by the language alone.

A program is a list of statements (texts). What fails inside one is caught and shown, so each statement has its say whatever
happened before. Sets are shown sorted; nothing depends on addresses, hashes of strings, time or the machine.
"""
import random

import program_flow
import program_library
import program_objects
import program_syntax

PRELUDE = '''\
import sys
try: import traceback
except ImportError: traceback = None
def show(*values):
    print(*[canon(v) for v in values])
def canon(v, depth=0):
    t = type(v)
    if depth > 6: return "..."
    if t in (set, frozenset): return t.__name__ + "{" + ", ".join(sorted(canon(x, depth + 1) for x in v)) + "}"
    if t is list: return "[" + ", ".join(canon(x, depth + 1) for x in v) + "]"
    if t is tuple: return "(" + ", ".join(canon(x, depth + 1) for x in v) + ("," if len(v) == 1 else "") + ")"
    if t is dict: return "{" + ", ".join(canon(k, depth + 1) + ": " + canon(x, depth + 1) for k, x in v.items()) + "}"
    if callable(v) or " at 0x" in (r := repr(v)): return "<" + t.__name__ + ">"
    return r
def failed(e, depth=0):
    text = str(e)
    if " at 0x" in text: text = "(address)"
    chain = ""
    if depth < 3 and e.__cause__ is not None: chain = " <= " + failed(e.__cause__, depth + 1)
    elif depth < 3 and e.__context__ is not None and not e.__suppress_context__: chain = " <- " + failed(e.__context__, depth + 1)
    if isinstance(e, BaseExceptionGroup): chain = " {" + "; ".join(failed(x, depth + 1) for x in e.exceptions) + "}" + chain
    return type(e).__name__ + ": " + text + chain
''' + program_flow.PRELUDE + program_objects.PRELUDE + program_syntax.PRELUDE

INTS = ["0", "1", "-1", "2", "3", "7", "10", "-13", "255", "256", "1000", "2**31", "-2**31", "2**62", "2**63 - 1", "-2**63", "2**64",
        "10**18", "-10**20 + 7", "3**50", "0x7f", "0b1011", "0o17", "1_000", "True", "False"]
FLOATS = ["0.0", "-0.0", "1.0", "1.5", "-2.25", "0.1", "1e10", "1e16", "1e22", "-1e-7", "1e300", "5e-324", "3.14159", "123456.789",
          "float('inf')", "float('-inf')", "float('nan')", "2.5", "1e-5", "99999999999999999.0"]
STRS = ["''", "'a'", "'abc'", "'Hello World'", "'  pad  '", "'a,b,,c'", "'\\u00e9t\\u00e9'", "'\\u4e2d\\u6587'", "'\\U0001f600x'", "'tab\\tnl\\n'",
        "'aXbXc'", "'123'", "'-42'", "'3.5'", "'MiXeD'", "'aaa'", "'quo\\'te\"'", "'\\x00\\x7f\\x80'", "'\\u00df\\u0130'", "('z' * 5)",
        "'a\\r\\nb\\x0bc'", "'{}'", "'%s'", "'_id1'"]
BYTES = ["b''", "b'a'", "b'abc'", "b'\\x00\\xff'", "b'a,b,c'", "b'Hello'", "bytes(range(5))", "b'  x '", "bytearray(b'xyz')", "bytearray()"]
KINDS = ["int", "float", "str", "bytes", "list", "tuple", "dict", "set", "bool", "none", "complex", "range"]

STR_METHODS = [("upper", ""), ("lower", ""), ("title", ""), ("swapcase", ""), ("capitalize", ""), ("casefold", ""), ("strip", "S?"), ("lstrip", "S?"),
               ("rstrip", "S?"), ("split", "S?I?"), ("rsplit", "S?I?"), ("splitlines", "B?"), ("partition", "S"), ("rpartition", "S"),
               ("find", "SI?I?"), ("rfind", "SI?I?"), ("index", "SI?"), ("rindex", "S"), ("count", "SI?"), ("replace", "SSI?"), ("startswith", "SI?"),
               ("endswith", "S"), ("center", "WS?"), ("ljust", "WS?"), ("rjust", "WS?"), ("zfill", "W"), ("expandtabs", "W?"), ("join", "L"),
               ("isalpha", ""), ("isdigit", ""), ("isalnum", ""), ("isdecimal", ""), ("isnumeric", ""), ("isidentifier", ""), ("isspace", ""),
               ("istitle", ""), ("isupper", ""), ("islower", ""), ("isprintable", ""), ("isascii", ""), ("encode", ""), ("removeprefix", "S"),
               ("removesuffix", "S"), ("translate", "T"), ("__len__", ""), ("__contains__", "S"), ("__mod__", "X"), ("format", "X")]
BYTES_METHODS = [("upper", ""), ("lower", ""), ("title", ""), ("strip", "Y?"), ("split", "Y?"), ("find", "Y"), ("count", "Y"), ("replace", "YY"),
                 ("startswith", "Y"), ("endswith", "Y"), ("hex", ""), ("decode", ""), ("center", "W"), ("zfill", "W"), ("join", "M"), ("index", "Y"),
                 ("partition", "Y"), ("isalpha", ""), ("isdigit", ""), ("splitlines", ""), ("ljust", "W"), ("swapcase", ""), ("rfind", "I")]
BINARY = ["+", "-", "*", "/", "//", "%", "&", "|", "^", "<<", ">>", "**", "@"]
COMPARE = ["<", "<=", "==", "!=", ">", ">="]
FORMAT_TYPES = {"int": "bcdoxXneEfFgG%s", "float": "eEfFgGn%ds", "str": "sdf", "bool": "dbxs", "complex": "efgs", "none": "s", "bytes": "s", "list": "s"}
BYTE_ORDERS = ["'little'", "'big'"]
ENCODINGS = ["", "'utf-8'", "'latin-1', 'replace'", "'ascii', 'xmlcharrefreplace'", "'utf-16-le'"]
DECODINGS = ["'latin-1'", "'utf-8', 'replace'", "'ascii', 'backslashreplace'"]
HEX_TEXTS = ["'00ff'", "'a b'", "'12 34'", "'xyz'"]
MAPPING_KEYS = ["'a'", "1", "'k'"]
ALTERNATIVES = ["1 | 2", "0 | None", "'a' | 'b'", "int() | str()"]
KEYWORDS = ["'p0'", "'k0'", "'zz'"]
ERRORS = ["ValueError", "TypeError", "KeyError", "IndexError", "ZeroDivisionError", "AttributeError", "RuntimeError", "OSError", "StopIteration",
          "LookupError", "ArithmeticError", "Exception", "NameError", "AssertionError", "OverflowError", "NotImplementedError"]


def indent(lines, by=1):
    return ["    " * by + line for line in lines]


class Generator(program_flow.FlowParts, program_objects.ObjectParts, program_syntax.SyntaxParts, program_library.LibraryParts):
    def __init__(self, seed):
        self.r = random.Random(seed)
        self.names = {}      # variable -> kind
        self.functions = []  # (name, least, most) arguments
        self.classes = []
        self.count = 0

    # ---- helpers

    def pick(self, options):
        return self.r.choice(options)

    def chance(self, p):
        return self.r.random() < p

    def fresh(self, prefix):
        self.count += 1
        return f"{prefix}{self.count}"

    def vars_of(self, kind):
        return [name for name, k in self.names.items() if k == kind]

    # ---- expressions

    def expr(self, kind, depth=2):
        """An expression that mostly has this kind."""
        if self.chance(0.04):
            kind = self.pick([k for k in KINDS if k != "set"])
        known = self.vars_of(kind)
        if known and self.chance(0.35):
            return self.pick(known)
        if depth <= 0 or self.chance(0.15):
            return self.leaf(kind)
        return getattr(self, "expr_" + kind)(depth - 1)

    def any(self, depth=2):
        return self.expr(self.pick(KINDS), depth)

    def leaf(self, kind):
        r = self.r
        if kind == "int":
            return self.pick(INTS) if self.chance(0.4) else str(r.randint(-20, 100))
        if kind == "float":
            return self.pick(FLOATS) if self.chance(0.5) else repr(round(r.uniform(-1000, 1000), r.randint(0, 6)))
        if kind == "list":
            return "[" + ", ".join(self.leaf(self.pick(["int", "int", "str", "float"])) for _ in range(r.randint(0, 4))) + "]"
        return {"str": lambda: self.pick(STRS), "bytes": lambda: self.pick(BYTES), "bool": lambda: self.pick(["True", "False"]),
                "none": lambda: "None", "complex": lambda: self.pick(["1j", "(1+2j)", "complex(-0.0, 3)", "(2-0.5j)"]),
                "tuple": lambda: self.pick(["()", "(1,)", "(1, 'a')", "(3, 1, 2)", "('x', (1, 2), None)"]),
                "dict": lambda: self.pick(["{}", "{'a': 1}", "{1: 'x', 2: 'y'}", "{'k': [1], (1, 2): None}"]),
                "set": lambda: self.pick(["set()", "{1, 2, 3}", "{'a', 'b'}", "frozenset({1, 'x'})", "{0, 2, 4}"]),
                "range": lambda: self.pick(["range(5)", "range(2, 10, 3)", "range(5, -5, -2)", "range(0)"])}[kind]()

    def small(self):
        return str(self.r.randint(-3, 8))

    def items(self, depth, low=0, high=4):
        kind = self.pick(["int", "int", "str", "float", "tuple"]) if self.chance(0.8) else None
        return [self.expr(kind or self.pick(KINDS), depth) for _ in range(self.r.randint(low, high))]

    def iterable(self, depth):
        return self.expr(self.pick(["list", "tuple", "range", "str", "dict", "set" if self.chance(0.2) else "list", "bytes"]), depth)

    def ordered(self, depth):
        """An iterable whose order is known."""
        return self.expr(self.pick(["list", "tuple", "range", "str", "dict", "bytes"]), depth)

    def slice(self):
        part = lambda: self.small() if self.chance(0.6) else ""
        return f"{part()}:{part()}" + (f":{self.pick(['1', '2', '-1', '-2', '3', '0'])}" if self.chance(0.4) else "")

    def expr_int(self, d):
        e = lambda: self.expr("int", d)
        return self.pick([
            lambda: f"({e()} {self.pick(BINARY[:3] + BINARY[4:9])} {e()})",
            lambda: f"({e()} {self.pick(BINARY[:3] + BINARY[4:9])} {e()})",
            lambda: f"({e()} << {self.r.randint(0, 70)})", lambda: f"({e()} >> {self.r.randint(0, 70)})",
            lambda: f"({e()} ** {self.r.randint(0, 5)})", lambda: f"pow({e()}, {self.r.randint(0, 30)}, {e()})",
            lambda: f"(-{e()})", lambda: f"(~{e()})", lambda: f"abs({e()})", lambda: f"len({self.iterable(d)})",
            lambda: f"int({self.expr(self.pick(['float', 'str', 'bool', 'int']), d)})", lambda: f"round({self.expr('float', d)})",
            lambda: f"sum({self.expr('list', d)}, {e()})", lambda: f"({e()}).bit_length()", lambda: f"({e()} if {self.expr('bool', d)} else {e()})",
            lambda: f"({e()}).bit_count()", lambda: f"int({self.pick(STRS)}, {self.pick(['0', '2', '10', '16', '36', '1'])})",
            lambda: f"{self.expr('str', d)}.find({self.expr('str', d)})", lambda: f"ord({self.expr('str', d)}[0])", lambda: f"hash({self.leaf('int')})",
            lambda: f"{self.expr('list', d)}.index({e()})", lambda: f"divmod({e()}, {e()})[{self.pick('01')}]", lambda: f"round({e()}, {self.small()})",
            lambda: f"int.from_bytes({self.expr('bytes', d)}, {self.pick(BYTE_ORDERS)}, signed={self.pick(['True', 'False'])})",
            lambda: f"max({e()}, {e()})", lambda: f"min({self.expr('list', d)}, default={e()})", lambda: f"({e()} or {e()})", lambda: f"({e()} and {e()})",
            lambda: f"{self.expr('list', d)}[{self.small()}]", lambda: f"(lambda x, y={self.small()}: x * y)({e()})",
        ])()

    def expr_float(self, d):
        e = lambda: self.expr("float", d)
        return self.pick([
            lambda: f"({e()} {self.pick(['+', '-', '*', '/', '//', '%'])} {self.expr(self.pick(['float', 'int']), d)})",
            lambda: f"({self.expr('int', d)} / {self.expr('int', d)})", lambda: f"float({self.expr(self.pick(['int', 'str', 'float']), d)})",
            lambda: f"round({e()}, {self.small()})", lambda: f"abs({e()})", lambda: f"(-{e()})", lambda: f"({e()} ** {self.pick(['2', '-1', '0.5', '3', '0'])})",
            lambda: f"sum([{e()}, {e()}, {e()}])", lambda: f"max({e()}, {e()})", lambda: f"float.fromhex(({e()}).hex())",
            lambda: f"complex({e()}, {e()}).{self.pick(['real', 'imag'])}", lambda: f"abs({self.expr('complex', d)})",
        ])()

    def expr_complex(self, d):
        e = lambda: self.expr(self.pick(["complex", "complex", "float", "int"]), d)
        return self.pick([lambda: f"({e()} {self.pick(['+', '-', '*', '/'])} {e()})", lambda: f"complex({e()}, {self.expr('int', d)})",
                          lambda: f"{self.leaf('complex')}.conjugate()", lambda: f"({e()} ** {self.pick(['0', '1', '2'])})", lambda: f"complex({self.pick(STRS)})"])()

    def expr_bool(self, d):
        return self.pick([
            lambda: f"({self.any(d)} {self.pick(['==', '!='])} {self.any(d)})",
            lambda: f"({self.expr('int', d)} {self.pick(COMPARE)} {self.expr(self.pick(['int', 'float']), d)})",
            lambda: f"({self.expr('str', d)} {self.pick(COMPARE)} {self.expr('str', d)})",
            lambda: f"({self.expr('int', d)} < {self.expr('int', d)} {self.pick(COMPARE)} {self.expr('float', d)})",
            lambda: f"({self.any(d)} {self.pick(['in', 'not in'])} {self.iterable(d)})", lambda: f"(not {self.any(d)})", lambda: f"bool({self.any(d)})",
            lambda: f"isinstance({self.any(d)}, ({self.pick(['int', 'str', 'float', 'list', 'dict'])}, {self.pick(['bool', 'bytes', 'tuple', 'set'])}))",
            lambda: f"({self.expr('bool', d)} {self.pick(['and', 'or'])} {self.expr('bool', d)})", lambda: f"{self.pick(['any', 'all'])}({self.iterable(d)})",
            lambda: f"({self.expr('list', d)} {self.pick(COMPARE)} {self.expr('list', d)})", lambda: f"({self.expr('tuple', d)} {self.pick(COMPARE)} {self.expr('tuple', d)})",
            lambda: f"({self.expr('set', d)} {self.pick(COMPARE)} {self.expr('set', d)})", lambda: f"callable({self.any(d)})",
        ])()

    def expr_none(self, d):
        return self.pick([lambda: "None", lambda: f"{{}}.get({self.leaf('int')})", lambda: "print(end='')"])()

    def method_args(self, shape, d):
        args = []
        for i in range(0, len(shape)):
            if shape[i] == "?":
                continue
            if shape[i + 1:i + 2] == "?" and self.chance(0.5):
                break
            args.append({"S": lambda: self.expr("str", d), "I": self.small, "W": lambda: str(self.r.randint(-2, 15)), "B": lambda: self.expr("bool", d),
                         "L": lambda: "[" + ", ".join(self.expr("str", 0) for _ in range(self.r.randint(0, 3))) + "]", "Y": lambda: self.expr("bytes", d),
                         "M": lambda: "[" + ", ".join(self.expr("bytes", 0) for _ in range(self.r.randint(0, 3))) + "]",
                         "T": lambda: "{97: 'A', 98: None, 0x4e2d: 66}", "X": lambda: self.any(d)}[shape[i]]())
        if self.chance(0.03):
            args.append(self.any(0))
        return ", ".join(args)

    def expr_str(self, d):
        e = lambda: self.expr("str", d)
        return self.pick([
            lambda: f"({e()} + {e()})", lambda: f"({e()} * {self.r.randint(-1, 4)})", lambda: f"{e()}[{self.slice()}]", lambda: f"{e()}[{self.small()}]",
            self.str_method(d), self.str_method(d), self.str_method(d), lambda: f"str({self.scalar(d)})", lambda: f"repr({self.scalar(d)})", lambda: self.fstring(d),
            lambda: self.fstring(d), lambda: self.percent(d), lambda: self.format_call(d), lambda: f"chr({self.r.choice([65, 97, 233, 0x4e2d, 0x1f600, 10, -1])})",
            lambda: f"{self.pick(['bin', 'hex', 'oct'])}({self.expr('int', d)})", lambda: f"ascii({e()})", lambda: f"', '.join(map(str, {self.ordered(d)}))",
            lambda: f"({e()} if {self.expr('bool', d)} else {e()})", lambda: f"format({self.scalar(d)}, {self.format_spec()!r})",
            lambda: f"type({self.any(d)}).__name__", lambda: f"{self.expr('bytes', d)}.decode({self.pick(DECODINGS)})",
            lambda: f"''.join(sorted({e()}))", lambda: f"''.join(reversed({e()}))", lambda: f"max({e()}, {e()}, key=len)",
        ])()

    def str_method(self, d):
        def make():
            name, shape = self.pick(STR_METHODS)
            return f"{self.expr('str', d)}.{name}({self.method_args(shape, d)})"
        return make

    def scalar(self, d):
        return self.expr(self.pick(["int", "float", "str", "bool", "none", "tuple", "list", "bytes", "complex"]), d)

    def format_spec(self):
        r = self.r
        fill = self.pick(["", "", "*", "0", " "])
        align = self.pick(["", "<", ">", "^", "="])
        return (fill if align else "") + align + self.pick(["", "", "+", "-", " "]) + self.pick(["", "", "#", "z"]) + self.pick(["", "", "0"]) \
            + self.pick(["", "5", "12", "20"]) + self.pick(["", "", ",", "_"]) + self.pick(["", "", ".0", ".2", ".6", ".12"]) + self.pick(list("dxobceEfFgGn%s") + [""] * 5 + ["X"])

    def fstring(self, d):
        parts = []
        for _ in range(self.r.randint(1, 3)):
            value = self.pick([lambda: self.pick([n for n, k in self.names.items() if k != "set"] or ["1"]), lambda: self.leaf("int"), lambda: self.leaf("float"), lambda: self.small()])()
            spec = ":" + self.format_spec() if self.chance(0.5) else ""
            if self.chance(0.1):
                spec = ":{" + str(self.r.randint(1, 12)) + "}"
            parts.append(self.pick(["", "x", "{{", "}}", "\\t"]) + "{" + value.replace("'", '"') + self.pick(["", "", "=", " = "]) + self.pick(["", "", "!r", "!s", "!a"]) + spec + "}")
        return "f'" + "".join(parts) + "'" if not any("\"" in p and "'" in p for p in parts) else "f''"

    def percent(self, d):
        specs, values = [], []
        for _ in range(self.r.randint(1, 2)):
            conversion = self.pick("dixXofeEgGsrac%")
            specs.append("%" + self.pick(["", "", "-", "+", " ", "0", "#"]) + self.pick(["", "", "5", "10"]) + self.pick(["", "", ".0", ".3"]) + conversion)
            if conversion != "%":
                values.append(self.expr({"s": "str", "r": "list", "a": "str", "c": "str"}.get(conversion, self.pick(["int", "float"])), d))
        return f"({'|'.join(specs)!r} % ({', '.join(values)}{',' if len(values) == 1 else ''}))"

    def format_call(self, d):
        fields = [self.pick(["{}", "{0}", "{1!r}", "{x}", "{0:>6}", "{x:^9}", "{:{w}}", "{0[0]}", "{x.real}"]) for _ in range(self.r.randint(1, 2))]
        return f"{'-'.join(fields)!r}.format({self.scalar(d)}, {self.scalar(d)}, x={self.scalar(d)}, w=7)"

    def expr_bytes(self, d):
        e = lambda: self.expr("bytes", d)
        def method():
            name, shape = self.pick(BYTES_METHODS)
            return f"{e()}.{name}({self.method_args(shape, d)})"
        return self.pick([lambda: f"({e()} + {e()})", lambda: f"({e()} * {self.small()})", lambda: f"{e()}[{self.slice()}]", method, method,
                          lambda: f"{self.expr('str', d)}.encode({self.pick(ENCODINGS)})",
                          lambda: f"bytes({self.expr('list', d)})", lambda: f"({self.expr('int', d)}).to_bytes({self.r.randint(1, 10)}, 'big')",
                          lambda: f"bytes({self.r.randint(0, 5)})", lambda: f"bytes.fromhex({self.pick(HEX_TEXTS)})",
                          lambda: f"bytearray({e()})", lambda: f"bytes(memoryview({e()})[{self.slice()}])"])()

    def comprehension(self, d, element=None):
        x = self.fresh("c")
        source = self.ordered(d)
        tail = ""
        if self.chance(0.3):
            y = self.fresh("c")
            tail = f" for {y} in {self.pick([f'range({x})', '(1, 2)', self.ordered(0)])}"
            element = element or self.pick([f"({x}, {y})", f"{x} if {y} else 0", f"[{y}, {x}]"])
        if self.chance(0.4):
            tail += f" if {self.pick([x, x + ' != ' + self.leaf('int'), 'not ' + x, 'str(' + x + ') > ' + self.leaf('str')])}"
        element = element or self.pick([x, f"{x} * 2", f"str({x})", f"({x}, {self.expr('int', 0)})", f"[{x}]", f"repr({x})"])
        return x, f"{element} for {x} in {source}{tail}"

    def expr_list(self, d):
        e = lambda: self.expr("list", d)
        return self.pick([
            lambda: "[" + ", ".join(self.items(d)) + "]", lambda: "[" + ", ".join(self.items(d)) + "]", lambda: f"({e()} + {e()})", lambda: f"({e()} * {self.r.randint(-1, 3)})",
            lambda: f"{e()}[{self.slice()}]", lambda: f"sorted({self.expr(self.pick(['list', 'tuple', 'str', 'dict']), d)}, key={self.pick(['str', 'repr', 'None', 'lambda v: (str(type(v)), str(v))', 'len'])}, reverse={self.expr('bool', 0)})",
            lambda: f"list({self.ordered(d)})", lambda: f"[{self.comprehension(d)[1]}]", lambda: f"[{self.comprehension(d)[1]}]", lambda: f"{self.expr('str', d)}.split({self.expr('str', 0)})",
            lambda: f"list(zip({self.ordered(d)}, {self.ordered(d)}))", lambda: f"list(enumerate({self.ordered(d)}, {self.small()}))", lambda: f"list(map({self.pick(['str', 'len', 'int', 'abs', 'bool', 'repr', 'lambda q: q * 2'])}, {self.ordered(d)}))",
            lambda: f"list(filter({self.pick(['None', 'bool', 'lambda q: q != 1'])}, {self.ordered(d)}))", lambda: f"list(reversed({self.expr(self.pick(['list', 'tuple', 'range', 'dict', 'str']), d)}))",
            lambda: f"[*{self.ordered(d)}, {self.any(d)}]", lambda: f"list({self.expr('dict', d)}.{self.pick(['keys', 'values', 'items'])}())", lambda: f"list({self.expr('dict', d)})",
            lambda: f"list(divmod({self.expr('int', d)}, {self.expr('int', d)}))",
        ])()

    def expr_tuple(self, d):
        e = lambda: self.expr("tuple", d)
        return self.pick([lambda: f"({', '.join(self.items(d, 2))},)", lambda: f"({e()} + {e()})", lambda: f"({e()} * {self.small()})", lambda: f"{e()}[{self.slice()}]",
                          lambda: f"tuple({self.ordered(d)})", lambda: f"tuple({self.comprehension(d)[1]})", lambda: f"(*{self.ordered(d)}, {self.any(d)})",
                          lambda: f"{self.expr('str', d)}.partition({self.expr('str', d)})", lambda: f"divmod({self.expr('int', d)}, {self.expr('int', d)})",
                          lambda: f"({self.expr('float', d)}).as_integer_ratio()", lambda: f"slice({self.small()}, {self.small()}, {self.pick(['None', '2', '-1'])}).indices({self.r.randint(0, 9)})"])()

    def key(self):
        return self.expr(self.pick(["int", "str", "str", "float", "bool", "none"]), 0) if self.chance(0.9) else self.any(0)

    def expr_dict(self, d):
        e = lambda: self.expr("dict", d)
        return self.pick([lambda: "{" + ", ".join(f"{self.key()}: {self.any(d)}" for _ in range(self.r.randint(0, 4))) + "}",
                          lambda: "{" + ", ".join(f"{self.key()}: {self.any(d)}" for _ in range(self.r.randint(0, 4))) + "}", lambda: f"({e()} | {e()})",
                          lambda: f"{{**{e()}, {self.key()}: {self.any(d)}}}", lambda: f"dict(zip({self.ordered(d)}, {self.ordered(d)}))",
                          lambda: f"dict.fromkeys({self.ordered(d)}, {self.any(0)})", lambda: f"{{{(c := self.comprehension(d))[0]}: {c[1]}}}", lambda: f"dict(a={self.any(d)}, **{e()})",
                          lambda: f"dict({self.expr('list', d)})", lambda: f"dict(enumerate({self.ordered(d)}))"])()

    def expr_set(self, d):
        e = lambda: self.expr("set", d)
        return self.pick([lambda: "{" + ", ".join(self.key() for _ in range(self.r.randint(1, 4))) + "}", lambda: f"({e()} {self.pick(['|', '&', '-', '^'])} {e()})",
                          lambda: f"set({self.ordered(d)})", lambda: f"frozenset({self.ordered(d)})", lambda: f"{{{self.comprehension(d)[1]}}}",
                          lambda: f"{e()}.{self.pick(['union', 'intersection', 'difference', 'symmetric_difference'])}({self.ordered(d)})",
                          lambda: f"({self.expr('dict', d)}.keys() {self.pick(['|', '&', '-', '^'])} {self.expr('dict', d)}.keys())"])()

    def expr_range(self, d):
        return self.pick([lambda: f"range({self.small()})", lambda: f"range({self.small()}, {self.r.randint(0, 15)})", lambda: f"range({self.small()}, {self.small()}, {self.small()})",
                          lambda: f"range({self.r.randint(0, 20)})[{self.slice()}]"])()

    # ---- statements: each returns lines

    def guarded(self, lines):
        return ["try:", *indent(lines), "except Exception as e_:", "    print(failed(e_))"]

    def st_assign(self):
        kind = self.pick(KINDS)
        name = self.pick(self.vars_of(kind)) if self.vars_of(kind) and self.chance(0.4) else self.fresh("v")
        lines = self.guarded([f"{name} = {self.leaf(kind)}", f"{name} = {self.expr(kind, 3)}", f"show({name})"])
        self.names[name] = kind
        return lines

    def st_show(self):
        return self.guarded([f"show({', '.join(self.any(3) for _ in range(self.r.randint(1, 3)))})"])

    def st_binary(self):
        a, b = self.any(1), self.any(1)
        return self.guarded([f"show({a} {self.pick(BINARY)} {b if not self.chance(0.3) else self.small()})"])  if not self.chance(0.3) else \
            self.guarded([f"show({a} {self.pick(COMPARE)} {b})"])

    def st_augmented(self):
        if not self.names:
            return self.st_assign()
        name = self.pick(list(self.names))
        kind = self.names[name]
        return self.guarded([f"{name} {self.pick(['+=', '-=', '*=', '|=', '&=', '//=', '%=', '^='])} {self.expr(kind, 1) if not kind == 'int' or self.chance(0.5) else self.small()}",
                             f"if len(repr({name})) > 3000: {name} = {self.leaf(kind)}", f"show({name})"])

    def st_unpack(self):
        n = self.r.randint(1, 3)
        names = [self.fresh("u") for _ in range(n)]
        star = self.r.randrange(n) if self.chance(0.5) else None
        targets = [("*" if i == star else "") + name for i, name in enumerate(names)]
        if self.chance(0.2):
            targets[0] = f"({targets[0]}, {self.fresh('u')})"
        return self.guarded([f"{', '.join(targets)}{',' if n == 1 else ''} = {self.ordered(2)}", f"show({', '.join(names)})"])

    def st_container_mutation(self):
        kind = self.pick(["list", "list", "dict", "set", "bytearray"])
        name = self.fresh("m")
        lines = [f"{name} = {'bytearray(' + self.leaf('bytes') + ')' if kind == 'bytearray' else 'set(' + self.ordered(1) + ')' if kind == 'set' else self.expr(kind, 1) if kind == 'dict' else 'list(' + self.expr('list', 1) + ')'}"]
        for _ in range(self.r.randint(1, 4)):
            if kind == "list":
                op = self.pick([lambda: f"{name}.append({self.any(1)})", lambda: f"{name}.extend({self.ordered(1)})", lambda: f"{name}.insert({self.small()}, {self.any(0)})", lambda: f"show({name}.pop({self.pick(['', self.small()])}))",
                                lambda: f"{name}.remove({self.leaf('int')})", lambda: f"{name}.sort(key={self.pick(['str', 'repr', 'None'])}, reverse={self.expr('bool', 0)})", lambda: f"{name}.reverse()", lambda: f"{name}[{self.slice()}] = {self.ordered(1)}",
                                lambda: f"del {name}[{self.slice()}]", lambda: f"{name}[{self.small()}] = {self.any(0)}", lambda: f"del {name}[{self.small()}]", lambda: f"{name} *= {self.small()}", lambda: f"show({name}.count({self.leaf('int')}), {name}.index({self.leaf('int')}))", lambda: f"{name} += {self.ordered(1)}", lambda: f"show({name}.copy() == {name}, {name} is {name}.copy())"])()
            elif kind == "dict":
                op = self.pick([lambda: f"{name}[{self.key()}] = {self.any(0)}", lambda: f"del {name}[{self.key()}]", lambda: f"show({name}.pop({self.key()}, {self.any(0)}))", lambda: f"show({name}.pop({self.key()}))", lambda: f"show({name}.popitem())", lambda: f"show({name}.setdefault({self.key()}, {self.any(0)}))",
                                lambda: f"{name}.update({self.expr('dict', 1)})", lambda: f"show({name}.get({self.key()}), {name}.get({self.key()}, {self.any(0)}))", lambda: f"{name} |= {self.expr('dict', 1)}", lambda: f"show({self.key()} in {name}, list({name}.items()), len({name}))", lambda: f"show(list(reversed({name})))", lambda: f"show({name}[{self.key()}])",
                                lambda: f"for k_ in {name}: {name}[len({name})] = k_", lambda: f"show(sorted({name}.items(), key=str))", lambda: f"show(next(iter({name}.values()), None))"])()
            elif kind == "set":
                op = self.pick([lambda: f"{name}.add({self.key()})", lambda: f"{name}.discard({self.key()})", lambda: f"{name}.remove({self.key()})", lambda: f"{name}.update({self.ordered(1)})", lambda: f"{name} {self.pick(['|=', '&=', '-=', '^='])} {self.expr('set', 1)}", lambda: f"show({name}.issubset({self.ordered(1)}), {name}.isdisjoint({self.ordered(1)}))",
                                lambda: f"{name}.intersection_update({self.ordered(1)})", lambda: f"show({self.key()} in {name}, len({name}))", lambda: f"show({name} >= {self.expr('set', 1)})"])()
            else:
                op = self.pick([lambda: f"{name}.append({self.expr('int', 0)})", lambda: f"{name}.extend({self.expr('bytes', 0)})", lambda: f"{name}[{self.slice()}] = {self.expr('bytes', 0)}", lambda: f"del {name}[{self.slice()}]", lambda: f"show({name}.pop())", lambda: f"{name}.insert({self.small()}, {self.r.randint(0, 300)})", lambda: f"{name} += {self.expr('bytes', 0)}", lambda: f"{name}.reverse()",
                                lambda: f"show({name}.find({self.expr('bytes', 0)}))", lambda: f"show(memoryview({name})[{self.slice()}].tolist())", lambda: f"{name}[{self.small()}] = {self.r.randint(-1, 256)}"])()
            lines += self.guarded([op])
        return self.guarded(lines + [f"show({name})"])

    def simple_statements(self, names, d=1):
        """Lines that use some of these local names."""
        out = []
        for _ in range(self.r.randint(1, 2)):
            a = self.pick(names) if names else self.leaf("int")
            out.append(self.pick([f"show({a})", f"show({a}, {self.expr('int', d)})", f"{self.fresh('t')} = {a}", f"show({a} == {self.leaf('int')})", f"show(type({a}).__name__)"]))
        return out

    def st_loop(self):
        x = self.fresh("i")
        body = self.pick([[f"if {x} == {self.leaf('int')}: continue"], [f"if {x}: break"], [f"if str({x}) > {self.leaf('str')}: break", "else: pass"], []])
        lines = [f"for {x} in {self.ordered(2)}:", *indent(body + [f"show({x})"])]
        if self.chance(0.5):
            lines += ["else:", f"    show('else', {self.any(1)})"]
        if self.chance(0.4):
            n = self.fresh("n")
            lines = [f"{n} = {self.r.randint(0, 6)}", f"while {n} > 0:", f"    {n} -= 1", *indent(lines), *indent(self.pick([[f"if {n} == 2: break"], [f"if {n} % 2: continue"], []])), f"    show({n})",
                     *(["else:", "    show('done')"] if self.chance(0.5) else [])]
        return self.guarded(lines)

    def signature(self):
        """Parameters, their names, and how many may and must be given by position."""
        parts, names, least = [], [], 0
        n = self.r.randint(0, 3)
        defaults = False
        for i in range(n):
            name = f"p{i}"
            names.append(name)
            defaults = defaults or self.chance(0.3)
            least += not defaults
            parts.append(name + (f"={self.leaf(self.pick(['int', 'str']))}" if defaults else ""))
            if i == 0 and n > 1 and self.chance(0.2):
                parts.append("/")
        star = self.chance(0.3)
        if star:
            parts.append("*args")
            names.append("args")
        if self.chance(0.3):
            if not star:
                parts.append("*")
            parts.append("k0" + (f"={self.leaf('int')}" if self.chance(0.6) else ""))
            names.append("k0")
        if self.chance(0.25):
            parts.append("**kw")
            names.append("kw")
        return ", ".join(parts), names, least, n

    def call_args(self, least, most):
        args = [self.any(0) for _ in range(self.r.randint(max(least - 1, 0), most + (1 if self.chance(0.3) else 0)))]
        if self.chance(0.3):
            args.append(f"k0={self.leaf('int')}")
        if self.chance(0.15):
            args.append(f"p{self.r.randint(0, 2)}={self.leaf('int')}")
        if self.chance(0.15):
            args.insert(0, f"*{self.expr(self.pick(['tuple', 'list', 'str']), 0)}")
        if self.chance(0.15):
            args.append("**{" + f"{self.pick(KEYWORDS)}: {self.leaf('int')}" + "}")
        return ", ".join(args)

    def st_function(self):
        parameters, names, least, most = self.signature()
        f = self.fresh("f")
        body = [f"show({', '.join(names)})"] if names else []
        if self.chance(0.3):
            body += [f"if {self.pick(names) if names else self.expr('bool', 1)}: return {self.any(1)}"]
        if self.chance(0.3):
            body += ["try:", f"    return {self.any(1)}", "finally:", f"    show({self.any(0)})"]
        elif self.chance(0.3):
            inner = self.fresh("g")
            body += [f"acc = {self.small()}", f"def {inner}(step={self.small()}):", "    nonlocal acc", "    acc += step", "    return acc", f"{inner}(); {inner}(2)", f"return {inner}, acc, {inner}()"]
        else:
            body += [f"return {self.pick(names) if names and self.chance(0.6) else self.any(1)}"]
        lines = [f"def {f}({parameters}):", *indent(body)]
        for _ in range(self.r.randint(1, 4)):
            lines += self.guarded([f"show({f}({self.call_args(least, most)}))"])
        if self.chance(0.2):
            lines += self.guarded([f"show({f}.__name__, {f}.__defaults__, {f}.__kwdefaults__, {f}.__code__.co_varnames, {f}.__code__.co_argcount)"])
        return lines

    def st_decorator(self):
        d, f = self.fresh("d"), self.fresh("f")
        style = self.r.randrange(3)
        if style == 0:
            head = [f"def {d}(fn):", "    def inner(*a, **k):", "        show('in', a, k)", "        return [fn(*a, **k)]", "    return inner"]
            use = f"@{d}"
        elif style == 1:
            head = [f"def {d}(n):", "    def deco(fn):", "        def inner(*a):", "            return tuple(fn(*a) for _ in range(n))", "        return inner", "    return deco"]
            use = f"@{d}({self.r.randint(0, 3)})"
        else:
            head = [f"class {d}:", "    def __init__(self, fn): self.fn, self.calls = fn, 0", "    def __call__(self, *a):", "        self.calls += 1", "        return self.calls, self.fn(*a)"]
            use = f"@{d}"
        return head + [use, f"def {f}(x, y={self.small()}): return x, y", *self.guarded([f"show({f}({self.any(1)}), {f}({self.any(0)}, {self.any(0)}))"])]

    def st_class(self):
        r = self.r
        name = self.fresh("C")
        bases = r.sample(self.classes, min(len(self.classes), self.pick([0, 0, 1, 1, 2])))
        lines = [f"class {name}({', '.join(bases)}):" if bases else f"class {name}:"]
        body = []
        if self.chance(0.2):
            body.append(f"__slots__ = ({', '.join(repr(s) for s in r.sample(['x', 'y', 'z'], r.randint(1, 2)))},)")
        if self.chance(0.4):
            body.append(f"attr = {self.any(1)}")
        if self.chance(0.6):
            body += [f"def __init__(self, x={self.leaf('int')}, *rest):", *(["    super().__init__(x)"] if bases and self.chance(0.6) else []), "    self.x = x", *(["    self.y = rest"] if self.chance(0.3) else [])]
        if self.chance(0.5):
            body += ["def __repr__(self):", f"    return f'{name}({{getattr(self, \"x\", None)!r}})'"]
        if self.chance(0.4):
            body += [f"def {self.pick(['__eq__', '__lt__', '__le__', '__gt__', '__ne__'])}(self, other):", f"    {self.pick(['return NotImplemented', 'return self.x == other.__class__', 'return self.x < other.x'])}"]
        if self.chance(0.3):
            body += ["def __hash__(self): return " + self.leaf("int")]
        if self.chance(0.45):
            op = self.pick(["__add__", "__radd__", "__mul__", "__rsub__", "__iadd__", "__matmul__", "__floordiv__", "__rtruediv__", "__or__", "__pow__", "__mod__"])
            body += [f"def {op}(self, other):", f"    {self.pick(['return NotImplemented', f'return ({op!r}, other)', 'return self'])}"]
        if self.chance(0.35):
            body += [f"def {self.pick(['__len__', '__bool__', '__index__', '__int__', '__float__', '__str__', '__format__', '__neg__', '__abs__', '__invert__', '__round__', '__trunc__'])}(self, *a):", f"    return {self.any(0)}"]
        if self.chance(0.3):
            body += ["def __getitem__(self, i):", self.pick([f"    if i > {r.randint(0, 4)}: raise IndexError(i)", "    pass"]), "    return i"]
        if self.chance(0.25):
            body += [f"def __contains__(self, v): return {self.any(0)}"]
        if self.chance(0.25):
            body += ["def __iter__(self):", f"    {self.pick(['yield from [1, 2, 3]', 'return iter([self])', 'return 5', 'return iter(str(self.x))'])}"]
        if self.chance(0.25):
            body += ["def __getattr__(self, n):", f"    {self.pick(['return n.upper()', 'raise AttributeError(n)', 'return super().__getattribute__(n)'])}"]
        if self.chance(0.15):
            body += ["def __setattr__(self, n, v):", "    show('set', n)", "    super().__setattr__(n, v)"]
        if self.chance(0.35):
            body += ["@property", "def prop(self):", f"    return {self.pick(['self.x', '(self.x, 1)', self.any(0)])}", *(["@prop.setter", "def prop(self, v):", "    self.x = v"] if self.chance(0.5) else [])]
        if self.chance(0.3):
            body += ["@classmethod", "def make(cls, *a):", "    return cls.__name__, a"]
        if self.chance(0.25):
            body += ["@staticmethod", "def stat(a, b=2): return a, b"]
        if self.chance(0.4):
            body += ["def meth(self, a=1):", f"    return ({name!r}, a" + (", super().meth(a))" if bases and self.chance(0.7) else ")")]
        if self.chance(0.1):
            body += ["def __init_subclass__(cls, **k):", "    show('subclass', cls.__name__, k)", "    super().__init_subclass__(**k)"]
        if self.chance(0.1):
            body += [f"__match_args__ = ('x', 'y')"]
        if self.chance(0.1):
            body += ["def __call__(self, *a, **k): return a, k"]
        if self.chance(0.1):
            body += ["def __enter__(self): return self", "def __exit__(self, *a):", f"    show(a[0] and a[0].__name__)", f"    return {self.expr('bool', 0)}"]
        lines += indent(body or ["pass"])
        lines = self.guarded(lines + [f"show([k.__name__ for k in {name}.__mro__])"])
        self.classes.append(name)
        return lines + self.use_class(name)

    def use_class(self, name):
        o = self.fresh("o")
        lines = []
        make = f"{o} = {name}({self.pick(['', self.any(0), self.any(0) + ', ' + self.any(0)])})"
        uses = []
        for _ in range(self.r.randint(2, 6)):
            other = f"{self.pick(self.classes)}()" if self.chance(0.4) else self.any(0)
            uses.append(self.pick([
                lambda: f"show({o})", lambda: f"show({o} {self.pick(BINARY)} {other})", lambda: f"show({other} {self.pick(BINARY)} {o})", lambda: f"show({o} {self.pick(COMPARE)} {other})", lambda: f"show({o}.x)", lambda: f"show({o}.prop)",
                lambda: f"{o}.prop = {self.any(0)}; show({o}.x)", lambda: f"show({o}.make({self.any(0)}), {name}.make())", lambda: f"show({o}.meth(), {name}.meth({o}, 2))", lambda: f"show({o}.attr); {o}.attr = 5; show({name}.attr, {o}.attr)",
                lambda: f"show(list({o}))", lambda: f"show({o}[{self.small()}])", lambda: f"show({self.leaf('int')} in {o})", lambda: f"show(len({o}))", lambda: f"show(bool({o}), not {o})", lambda: f"show(str({o}), f'{{{o}!r:>12}}')",
                lambda: f"show({o}.missing)", lambda: f"del {o}.x; show({o}.x)", lambda: f"{o}.z = 1; show({o}.z, sorted(vars({o})))", lambda: f"show({self.pick(['int', 'float', 'abs', 'round', '-', '~', 'list', 'format', 'iter', 'reversed', 'str'])}({o}))", lambda: f"show(hash({o}) == hash({o}), type({o}).__hash__ is object.__hash__ or hash({o}))", lambda: f"show({o}({self.any(0)}))",
                lambda: f"show(isinstance({o}, {self.pick(self.classes)}), issubclass({name}, {self.pick(self.classes)}))", lambda: f"show(hasattr({o}, 'x'), getattr({o}, 'y', None), getattr({o}, 'attr', 0))", lambda: f"show(super({name}, {o}).__init__)",
                lambda: f"show({name}.stat({self.any(0)}), {o}.stat(1, b=3))", lambda: f"with {o} as w_: raise {self.pick(ERRORS)}('w')", lambda: f"show({{{o}: 1}}[{o}])", lambda: f"{o} += {self.any(0)}; show({o})", lambda: f"{o}.__class__ = {self.pick(self.classes)}; show(type({o}).__name__)",
                lambda: f"match {o}:\n    case {name}({self.pick(['x=q', 'q', 'q, z', ''])}): show('m', locals().get('q'))\n    case _: show('no')", lambda: f"show(sorted([{o}, {name}(), {name}({self.leaf('int')})], key={self.pick(['None', 'str', 'lambda v: v.x'])}))",
            ])())
        lines += [make]
        for use in uses:
            lines += self.guarded(use.split("\n"))
        return self.guarded(lines)

    def st_exceptions(self):
        e1, e2, e3 = (self.pick(ERRORS) for _ in range(3))
        f = self.fresh("f")
        risky = self.pick([lambda: f"raise {e1}({self.any(0)})", lambda: f"raise {e1}", lambda: f"show({self.any(2)})", lambda: f"{self.leaf('int')} // 0", lambda: "{}['k']", lambda: "[][0]", lambda: "None.x", lambda: "undefined_name", lambda: f"int({self.leaf('str')})", lambda: "assert 0, 'why'",
                           lambda: f"raise {e1}('a') from {self.pick(['None', e2 + '(1)', e2])}", lambda: "1 + ''", lambda: "raise 1", lambda: f"return {self.any(0)}"])
        handler = self.pick([lambda: ["raise"], lambda: [f"raise {e3}('again')"], lambda: [f"raise {e3}('from') from e"], lambda: ["show(failed(e))"], lambda: [f"return {self.any(0)}"], lambda: ["pass"], lambda: ["e.add_note('n'); show(e.__notes__)"], lambda: [f"raise {e3} from None"]])
        body = ["try:", f"    {risky()}", f"except {self.pick([e1, e2, 'Exception', f'({e1}, {e2})', 'BaseException'])} as e:", *indent(handler())]
        if self.chance(0.3):
            body += [f"except {e3}:", "    show('third')"]
        if self.chance(0.3):
            body += ["else:", f"    show('else')", f"    {self.pick(['pass', 'return 1', 'raise KeyError(2)'])}"]
        if self.chance(0.5):
            body += ["finally:", "    show('fin')", f"    {self.pick(['pass', 'pass', 'return 9', 'raise OSError(3)', '[][1]'])}"]
        if self.chance(0.4):
            body = ["for i in range(3):", *indent(["try:", *indent(body), *self.pick([["finally:", "    if i == 1: break"], ["finally:", "    show(i)"], ["except Exception as x:", "    show(failed(x))", "    continue"]])])]
        lines = [f"def {f}():", *indent(body + ["return 'end'"])]
        lines += self.guarded([f"show({f}())"])
        if self.chance(0.3):
            lines += ["try:", f"    {f}()", "except BaseException as e_:", "    print(*[x.rstrip() for x in traceback.format_exception(e_)], sep='\\n')"]
        return lines + ["show(sys.exc_info()[0])"]

    def st_group(self):
        errors = [f"{self.pick(ERRORS[:6])}({self.leaf('int')})" for _ in range(self.r.randint(1, 3))]
        if self.chance(0.3):
            errors.append(f"ExceptionGroup('in', [{self.pick(ERRORS[:4])}(1), {self.pick(ERRORS[:4])}(2)])")
        body = ["try:", f"    raise ExceptionGroup('eg', [{', '.join(errors)}])", f"except* {self.pick(ERRORS[:6])} as g:", f"    {self.pick(['show(failed(g))', 'raise', 'raise KeyError(7)', 'pass'])}",
                f"except* ({self.pick(ERRORS[:6])}, {self.pick(ERRORS[:6])}) as h:", "    show('second', len(h.exceptions))"]
        if self.chance(0.4):
            body += ["finally:", "    show('fin')"]
        more = [f"g_ = ExceptionGroup('eg', [{', '.join(errors)}])", f"show([x and failed(x) for x in g_.split({self.pick(ERRORS[:6])})])", f"s_ = g_.subgroup(lambda x: isinstance(x, ValueError)); show(s_ and failed(s_))"]
        return self.guarded(body) + self.guarded(more)

    def st_generator(self):
        g = self.fresh("g")
        body = []
        for _ in range(self.r.randint(1, 4)):
            body += self.pick([lambda: [f"yield {self.any(1)}"], lambda: [f"got = yield {self.any(0)}", "show('got', got)"], lambda: ["try:", f"    yield {self.any(0)}", f"except {self.pick(ERRORS)} as e:", "    show('caught', type(e).__name__)", f"    yield {self.leaf('int')}", *(["finally:", "    show('closing')"] if self.chance(0.6) else [])],
                               lambda: [f"r = yield from {self.ordered(1)}", "show('r', r)"], lambda: [f"for i in range({self.r.randint(0, 3)}):", "    yield i"], lambda: [f"if {self.expr('bool', 0)}: return {self.any(0)}"], lambda: ["try:", f"    yield {self.leaf('int')}", "finally:", "    show('f')", *(["    yield 'in finally'"] if self.chance(0.2) else [])],
                               lambda: [f"raise {self.pick(ERRORS)}('gen')"], lambda: [f"x = yield", "yield x"], lambda: ["yield (yield)"]])()
        if not any("yield" in line for line in body):
            body.append("yield")
        if self.chance(0.4):
            body.append(f"return {self.any(0)}")
        it = self.fresh("it")
        lines = [f"def {g}():", *indent(body)]
        if self.chance(0.3):
            outer = self.fresh("g")
            lines += [f"def {outer}():", "    try:", f"        res = yield from {g}()", "        show('res', res)", "    finally:", "        show('outer fin')", "    return 'o'"]
            g = outer
        lines += [f"{it} = {g}()"]
        for _ in range(self.r.randint(2, 5)):
            lines += self.guarded([self.pick([f"show(next({it}))", f"show(next({it}, 'default'))", f"show({it}.send({self.any(0)}))", f"show({it}.throw({self.pick(ERRORS)}('t')))", f"{it}.close()", f"show(list({it}))", f"for y_ in {it}: show(y_); break", f"show({it}.gi_running, {it}.gi_frame is None)"])])
        lines += self.guarded([f"show(list({g}()))"])
        return lines

    def pattern(self, d):
        if d <= 0 or self.chance(0.3):
            return self.pick(["_", self.fresh("b"), str(self.r.randint(-2, 5)), "'a'", "None", "True", "1.5", "-1", "'abc'", "b'a'", "1j"])
        p = lambda: self.pattern(d - 1)
        return self.pick([lambda: f"[{', '.join([p(), p()])}]", lambda: f"[{p()}, *{self.fresh('b')}]", lambda: f"({p()}, {p()}, *_)", lambda: f"[*_, {p()}]", lambda: f"{{{self.pick(MAPPING_KEYS)}: {p()}}}", lambda: f"{{{self.pick(MAPPING_KEYS)}: {p()}, **{self.fresh('b')}}}",
                          lambda: f"int({self.fresh('b')})", lambda: f"{self.pick(['str', 'float', 'list', 'dict', 'tuple', 'bool', 'bytes'])}()", lambda: f"{self.pick(ALTERNATIVES)}", lambda: f"({p()}) as {self.fresh('b')}", lambda: "[]", lambda: "{}", lambda: "complex(real=2)"])()

    def st_match(self):
        lines = [f"match {self.any(2)}:"]
        for _ in range(self.r.randint(1, 4)):
            before = self.count
            p = self.pattern(2)
            bound = [f"b{i}" for i in range(before + 1, self.count + 1) if f"b{i}" in p]
            if bound and p == bound[0]:
                p += f" if {bound[0]}"
            elif p == "_":
                p = f"_ if {self.expr('bool', 0)}"
            elif self.chance(0.2):
                p += f" if {self.expr('bool', 1)}"
            lines += [f"    case {p}:", "        show(" + ", ".join(["'case'"] + bound) + ")"]
        if self.chance(0.6):
            lines += ["    case _:", "        show('default')"]
        return self.guarded(lines)

    def st_with(self):
        c = self.fresh("CM")
        lines = [f"class {c}:", "    def __init__(self, n): self.n = n", "    def __enter__(self):", "        show('enter', self.n)", *(["        if self.n == 2: raise ValueError('enter')"] if self.chance(0.3) else []), "        return self.n",
                 "    def __exit__(self, t, v, tb):", "        show('exit', self.n, t and t.__name__)", f"        return {self.pick(['False', 'True', 'None', 'self.n == 1', 't is ValueError'])}"]
        inner = self.pick([f"raise {self.pick(ERRORS)}('body')", f"show({self.any(1)})", "return 5", "pass", "1 / 0"])
        f = self.fresh("f")
        managers = ", ".join(f"{c}({i}) as a{i}" for i in range(1, self.r.randint(2, 4)))
        return lines + [f"def {f}():", f"    with {managers if self.chance(0.6) else '(' + managers + ')'}:", "        show(a1)", f"        {inner}", "    return 'after'", *self.guarded([f"show({f}())"])]

    def st_closure(self):
        f, g = self.fresh("f"), self.fresh("g")
        return self.pick([
            lambda: [f"{f} = [lambda x, i=i: x + i for i in range({self.r.randint(1, 4)})]", *self.guarded([f"show([h({self.expr('int', 1)}) for h in {f}])"])],
            lambda: [f"{f} = [lambda: i for i in range({self.r.randint(1, 4)})]", *self.guarded([f"show([h() for h in {f}])"])],
            lambda: [f"def {f}(n):", "    def inner():", "        nonlocal n", "        n += 1", "        return n", "    def other(): return n * 2", "    return inner, other", *self.guarded([f"a_, b_ = {f}({self.expr('int', 1)}); show(a_(), b_(), a_(), b_())"])],
            lambda: [f"def {f}():", f"    x_ = {self.any(0)}", "    class K:", "        y = x_", f"        def m(self): return x_, {self.pick(['__class__.__name__', 'self.y'])}", "    return K().m()", *self.guarded([f"show({f}())"])],
            lambda: [f"def {f}():", "    show(late)", "    late = 1", *self.guarded([f"{f}()"])],
            lambda: [f"def {f}(n, acc={self.small()}): return acc if n <= 0 else {f}(n - 1, acc + n)", *self.guarded([f"show({f}({self.r.randint(0, 20)}))"])],
        ])()

    def st_coroutine(self):
        f = self.fresh("co")
        lines = ["class Aw_:", "    def __init__(self, v): self.v = v", "    def __await__(self):", "        got = yield self.v", "        return got",
                 f"async def {f}(n):", f"    r = await Aw_({self.any(0)})", "    show('r', r)"]
        lines += self.pick([[f"    return [x async for x in agen_(n)]"], [f"    try:", f"        await Aw_(2)", f"    except {self.pick(ERRORS)} as e: show('caught', type(e).__name__)", "    finally: show('fin')"], [f"    async for x in agen_(n): show(x)", f"    return {self.any(0)}"], [f"    return r, await Aw_(n)"],
                            ["    async with ACM_() as a:", f"        show(a); {self.pick(['raise ValueError(1)', 'await Aw_(3)', 'return a'])}"]])
        lines = ["async def agen_(n):", "    for i in range(n):", "        yield i", "        await Aw_(i)", "class ACM_:", "    async def __aenter__(self): return await Aw_('enter')", "    async def __aexit__(self, *a):", "        show('aexit', a[0])", "        return True"] + lines
        c = self.fresh("c")
        lines += [f"{c} = {f}({self.r.randint(0, 3)})"]
        drive = [f"show({c}.send(None))"] + [self.pick([f"show({c}.send({self.any(0)}))", f"show({c}.throw({self.pick(ERRORS)}('x')))", f"{c}.close()"]) for _ in range(self.r.randint(1, 4))]
        for step in drive:
            lines += self.guarded([step])
        return lines + [f"{c}.close()"]

    def st_iterator_tools(self):
        d = 1
        return self.guarded(["import itertools, functools, collections, operator", self.pick([
            lambda: f"show(list(itertools.chain({self.ordered(d)}, {self.ordered(d)})))", lambda: f"show(list(itertools.islice({self.ordered(d)}, {self.pick(['3', '1, 4', '0, None, 2', '-1'])})))", lambda: f"show([(k, list(g)) for k, g in itertools.groupby({self.ordered(d)})])", lambda: f"show(list(itertools.product({self.leaf('list')}, repeat={self.r.randint(0, 2)})))",
            lambda: f"show(list(itertools.combinations({self.leaf('list')}, {self.r.randint(0, 3)})), list(itertools.permutations({self.leaf('list')}, 2))[:7])", lambda: f"show(list(itertools.accumulate({self.expr('list', d)})))", lambda: f"show(functools.reduce(lambda a, b: (a, b), {self.ordered(d)}))", lambda: f"show(collections.Counter({self.expr('str', d)}).most_common(3))",
            lambda: f"show(list(itertools.zip_longest({self.ordered(d)}, {self.ordered(d)}, fillvalue={self.any(0)})))", lambda: f"show(dict(collections.OrderedDict({self.expr('dict', d)})))", lambda: f"d_ = collections.defaultdict({self.pick(['int', 'list', 'None', 'str'])}); d_[{self.key()}]; show(dict(d_))", lambda: f"show(list(collections.deque({self.ordered(d)}, maxlen={self.r.randint(0, 4)})))",
            lambda: f"show(operator.itemgetter({self.small()})({self.ordered(d)}))", lambda: f"P_ = collections.namedtuple('P_', 'x y'); show(P_({self.any(0)}, {self.any(0)}), P_(1, 2)._replace(x={self.any(0)}))", lambda: f"show(list(itertools.takewhile(bool, {self.ordered(d)})), list(itertools.dropwhile(bool, {self.ordered(d)})))",
            lambda: f"show(functools.partial(max, {self.any(0)}, key=str)({self.any(0)}))", lambda: f"show(list(itertools.starmap(pow, [({self.small()}, {self.r.randint(0, 4)})])), list(itertools.pairwise({self.ordered(d)})))", lambda: f"show(list(itertools.compress({self.ordered(d)}, {self.ordered(d)})))",
        ])()])

    def st_descriptor(self):
        d, c = self.fresh("D"), self.fresh("C")
        lines = [f"class {d}:", "    def __set_name__(self, owner, name): self.name = name; show('named', name)", "    def __get__(self, o, t): return ('get', self.name, o is None)"]
        if self.chance(0.6):
            lines += ["    def __set__(self, o, v): show('set', v)"]
        if self.chance(0.3):
            lines += ["    def __delete__(self, o): show('delete')"]
        meta = []
        if self.chance(0.3):
            m = self.fresh("M")
            meta = [f"class {m}(type):", f"    def __new__(m, n, b, ns, **k):", "        show(n, sorted(k), sorted(x for x in ns if x[0] != '_'))", "        return super().__new__(m, n, b, ns)", f"    def {self.pick(['__len__', '__call__', '__getattr__', '__instancecheck__', '__contains__'])}(cls, *a): return {self.pick(['3', '1', 'True'])}"]
            head = f"class {c}(metaclass={m}{self.pick(['', ', opt=1'])}):"
            if "opt" in head:
                meta += ["    def __init__(cls, n, b, ns, **k): super().__init__(n, b, ns)"]
        else:
            head = f"class {c}:"
        return lines + self.guarded(meta + [head, f"    a = {d}()", f"    b = {self.any(0)}"] + [x for use in (f"show({c}.a)", f"o_ = {c}()", "show(o_.a)", "o_.a = 4", "show(o_.a, vars(o_))", "del o_.a", f"show(len({c}))", f"show(isinstance(1, {c}), {c}.zz)") for x in self.guarded([use])])

    def st_text(self):
        return self.guarded([f"show({self.expr('str', 3)})", f"show({self.expr('str', 2)}, {self.expr('bytes', 2)})"])

    def st_format(self):
        return self.guarded([f"show(format({self.scalar(1)}, {self.format_spec()!r}))"])

    def st_walrus(self):
        n = self.fresh("w")
        return self.guarded([f"if ({n} := {self.any(2)}): show('true', {n})", f"else: show('false', {n})", f"show([{n} := q_ for q_ in {self.ordered(1)}], {n})"])

    def st_exec(self):
        return self.guarded([f"ns_ = {{'a': {self.any(0)}}}", f"exec('b = [a] * 2\\nshow(b)', globals(), ns_)" if self.chance(0.5) else f"show(eval({self.expr('int', 2)!r}))", "show(sorted(ns_))"])

    def program(self, statements):
        kinds = [(name, getattr(self, name)) for name in sorted(dir(type(self))) if name.startswith("st_")]
        weights = {"st_assign": 5, "st_show": 4, "st_class": 4, "st_exceptions": 3, "st_generator": 3, "st_function": 3, "st_container_mutation": 3, "st_text": 3, "st_format": 2, "st_binary": 3, "st_flow": 8, "st_order": 4, "st_scopes": 4, "st_operators": 4,
                   "st_attributes": 5, "st_iteration": 3, "st_numbers": 5, "st_slices": 3, "st_syntax": 5}
        functions = [f for name, f in kinds for _ in range(weights.get(name, 1))]
        return ["\n".join(self.pick(functions)()) for _ in range(statements)]


def make_program(seed, library=False):
    """The statements of a program: of the language, or of the types and modules that programs lean on."""
    generator = Generator(seed)
    return (generator.library_program if library else generator.program)(generator.r.randint(6, 14))
