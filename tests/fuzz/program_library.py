"""Parts of random programs: the types and modules that programs lean on, each used by sequences of calls with random arguments."""

MODULES = "import array, ast, bisect, collections, contextlib, copy, dataclasses, datetime, decimal, enum, fractions, functools, heapq, inspect, io, itertools, json, math, operator, pickle, pprint, random, re, string, struct, textwrap, types, typing"
REGEX_TEXTS = ["'abcabc'", "'foo bar  baz'", "'a1b22c333'", "'Aa\\nBb\\nCc'", "''", "'x=1, y=22; z'", "'\\u00e9t\\u00e9 \\u4e2d'", "'aaaa'", "'(a(b)c)'", "'2024-01-31T10:20'", "'_id9 __x'"]
ENCODINGS = ["'utf-8'", "'ascii'", "'latin-1'", "'utf-16'", "'utf-16-be'", "'utf-32-le'", "'cp1252'", "'utf-7'", "'idna'", "'punycode'", "'unicode_escape'", "'raw_unicode_escape'", "'utf-8-sig'", "'nope'"]
HANDLERS = ["'strict'", "'ignore'", "'replace'", "'backslashreplace'", "'xmlcharrefreplace'", "'namereplace'", "'surrogateescape'", "'surrogatepass'", "'nope'"]
BEHIND = ["a", "[ab]", "ab", r"\d", "a|bc", "a*"]
STRUCT_CODES = "xcbB?hHiIlLqQnNefdspP"


class LibraryParts:
    """Mixed into the Generator, whose choices they use."""

    def attempts(self, make, low=3, high=7):
        lines = []
        for _ in range(self.r.randint(low, high)):
            use = make()
            lines.append(f"attempt({use!r}, lambda: ({use}))")
        return lines

    def steps(self, make, after, low=2, high=6):
        """Statements one by one, each caught, then what is left."""
        lines = []
        for _ in range(self.r.randint(low, high)):
            lines += self.guarded([make()])
        return lines + self.guarded([after])

    # ---- classes made by others

    def lib_dataclass(self):
        name, fields, defaults = self.fresh("Dc"), [], False
        options = [f"{o}={self.chance(0.5)}" for o in ("frozen", "order", "eq", "repr", "slots", "kw_only", "unsafe_hash", "init", "match_args") if self.chance(0.25)]
        for n in self.r.sample("abcd", self.r.randint(1, 4)):
            kind = self.pick(["int", "str", "'int'", "list[int]", "typing.ClassVar[int]", "dataclasses.InitVar[int]", "int | None"])
            defaults = defaults and not self.chance(0.1) or self.chance(0.4)
            value = self.pick([self.leaf("int"), self.leaf("str"), "dataclasses.field(default_factory=list)", f"dataclasses.field(default={self.leaf('int')}, repr=False)", "dataclasses.field(kw_only=True, default=3)", "dataclasses.field(init=False, default=4)", "dataclasses.field(compare=False, hash=True, default=1)", "[]",
                               "dataclasses.field(default=1, metadata={'k': 1})"]) if defaults else ""
            fields.append(f"    {n}: {kind}" + (f" = {value}" if value else ""))
        body = fields + self.pick([[], [], ["    def __post_init__(self, *a): print('post', a)"], ["    def __repr__(self): return 'own'"], ["    _: dataclasses.KW_ONLY", "    z: int = 9"], ["    def __lt__(self, o): return 'lt'"]])
        made = lambda: f"{name}({', '.join(self.pick(['', self.leaf('int') + ',', f'{k}={self.leaf(chr(105) + chr(110) + chr(116))},']) for k in 'abc')})".replace(",,", ",")
        lines = self.guarded([f"@dataclasses.dataclass({', '.join(options)})", f"class {name}:", *body])
        if self.chance(0.3):
            child = self.fresh("Dc")
            lines += self.guarded([f"@dataclasses.dataclass({', '.join(self.r.sample(options, len(options) // 2))})", f"class {child}({name}):", f"    {self.pick('abce')}: int = {self.leaf('int')}", "    f: str = 'f'"])
            lines += self.attempts(lambda: self.pick([f"{child}({self.leaf('int')})", f"[f.name for f in dataclasses.fields({child})]", f"inspect.signature({child})", f"{child}({self.leaf('int')}) == {made()}"]), 1, 3)
        return lines + self.attempts(lambda: self.pick([made, made, lambda: f"{made()} {self.pick(['==', '<', '!=', '>='])} {made()}", lambda: f"hash({made()}) == hash({made()})", lambda: f"dataclasses.asdict({made()})", lambda: f"dataclasses.astuple({made()})", lambda: f"dataclasses.replace({made()}, {self.pick('abcz')}={self.leaf('int')})", lambda: f"setattr({made()}, {self.pick('abq')!r}, 1)",
                                              lambda: f"[(f.name, f.init, f.repr, f.hash, f.compare, f.kw_only) for f in dataclasses.fields({name})]", lambda: f"inspect.signature({name})", lambda: f"{name}.__match_args__", lambda: f"sorted(k for k in {name}.__dict__ if k not in ('__annotations__', '__dict__', '__doc__', '__static_attributes__'))", lambda: f"{name}.__slots__", lambda: f"copy.copy({made()})",
                                              lambda: f"dataclasses.is_dataclass({name})", lambda: f"delattr({made()}, 'a')", lambda: f"{name}.__doc__"])(), 4, 9)

    def lib_enum(self):
        name = self.fresh("En")
        base = self.pick(["enum.Enum", "enum.Enum", "enum.IntEnum", "enum.Flag", "enum.IntFlag", "enum.StrEnum", "str, enum.Enum", "int, enum.Enum"])
        values = ["1", "2", "3", "4", "'a'", "'b'", "enum.auto()", "enum.auto()", "enum.auto()", "(1, 2)", "A", "0", "8", "None", "1.5"]
        body = [f"    {n} = {self.pick(values)}" for n in "ABCD"[:self.r.randint(1, 4)]]
        body += self.pick([[], [], ["    def meth(self): return self.name, self.value"], ["    @property", "    def twice(self): return self.value * 2"], ["    @classmethod", "    def _missing_(cls, v): return cls.A if v == 7 else None"], ["    def _generate_next_value_(n, s, c, l): return n.lower() * (c + 1)", "    Z = enum.auto()"],
                           ["    def __str__(self): return 'str'"], ["    _ignore_ = ['q']", "    q = 5"], ["    def __new__(cls, v):", f"        o = {base.split(',')[0] if ',' in base else 'object'}.__new__(cls)", "        o._value_ = v", "        return o"]])
        if body[-1].endswith("Z = enum.auto()"):
            body = body[-2:-1] + body[:-2] + body[-1:]
        item = lambda: f"{name}.{self.pick('AABCDZ')}"
        return self.guarded([self.pick(["", "", "@enum.unique"]), f"class {name}({base}):", *body]) + self.attempts(lambda: self.pick([
            lambda: f"list({name})", item, lambda: f"repr({item()}), str({item()}), format({item()})", lambda: f"{name}({self.pick(['1', '2', '3', '7', chr(39) + 'a' + chr(39), '0', '-1', '15', 'None', '(1, 2)'])})", lambda: f"{name}[{self.pick(['A', 'B', 'q'])!r}]", lambda: f"{item()} {self.pick(['|', '&', '^', '==', '<', '+', 'is'])} {item()}", lambda: f"~{item()}",
            lambda: f"{item()}.name, {item()}.value", lambda: f"{name}.__members__", lambda: f"len({name}), {item()} in {name}", lambda: f"{self.pick(['1', chr(39) + 'a' + chr(39), '5'])} in {name}", lambda: f"pickle.loads(pickle.dumps({item()}))" if False else f"copy.deepcopy({item()}) is {item()}", lambda: f"setattr({name}, 'A', 5)", lambda: f"delattr({name}, 'A')", lambda: f"{item()}.meth()",
            lambda: f"type('Sub', ({name},), {{}})", lambda: f"hash({item()}) == hash({item()})", lambda: f"list({item()} | {item()})", lambda: f"bool({item()})", lambda: f"{item()}.value + 1", lambda: f"isinstance({item()}, (int, str))", lambda: f"f'{{{item()}!r:>20}}|{{{item()}}}'", lambda: f"{name}.__doc__", lambda: f"dir({name})[-5:]", lambda: f"{name}('x', 'A B')", lambda: f"enum.Enum('F_', {self.pick(['A B', 'A, B'])!r}, start={self.small()}).B.value",
        ])(), 4, 9)

    def lib_namedtuple(self):
        name = self.fresh("Nt")
        head = self.pick([lambda: f"{name} = collections.namedtuple({name!r}, {self.pick(['a b', 'a,b', 'a b c', 'a a', 'class b', '_a b', '1 b', 'x y'])!r}, rename={self.chance(0.4)}, defaults={self.pick(['None', '(1,)', '(1, 2)', '(1, 2, 3, 4)'])})", lambda: f"class {name}(typing.NamedTuple):\n        a: int\n        b: str = {self.leaf('str')}\n        def m(self): return self.a"])()
        made = lambda: f"{name}({', '.join(self.leaf('int') for _ in range(self.r.randint(0, 3)))})"
        return self.guarded([head]) + self.attempts(lambda: self.pick([made, lambda: f"{made()}._asdict()", lambda: f"{made()}._replace({self.pick('abz')}=5)", lambda: f"{name}._make({self.ordered(0)})", lambda: f"{name}._fields, {name}._field_defaults", lambda: f"{made()}.a, {made()}[1]", lambda: f"{made()} == {made()}, {made()} < {made()}", lambda: f"setattr({made()}, 'a', 1)", lambda: f"{made()}.m()",
                                                                 lambda: f"{name}.__doc__, {name}.a.__doc__", lambda: f"copy.replace({made()}, a=1)" if False else f"{made()} + (1,)", lambda: f"inspect.signature({name}.__new__)", lambda: f"(lambda a, *b: (a, b))(*{made()})", lambda: f"{name}.__annotations__, {name}.__mro__[1:]", lambda: f"hash({made()}) == hash(tuple({made()}))", lambda: f"pprint.pformat({made()})"])())

    # ---- containers

    def lib_deque(self):
        x = self.fresh("dq")
        return self.guarded([f"{x} = collections.deque({self.ordered(1)}, {self.pick(['None', '3', '5', '0', '-1'])})"]) + self.steps(lambda: self.pick([
            lambda: f"{x}.append({self.leaf('int')})", lambda: f"{x}.appendleft({self.leaf('int')})", lambda: f"show({x}.pop())", lambda: f"show({x}.popleft())", lambda: f"{x}.extend({self.ordered(0)})", lambda: f"{x}.extendleft({self.ordered(0)})", lambda: f"{x}.rotate({self.small()})", lambda: f"{x}.insert({self.small()}, 'i')", lambda: f"{x}.remove({self.leaf('int')})", lambda: f"show({x}[{self.small()}])", lambda: f"{x}[{self.small()}] = 's'",
            lambda: f"del {x}[{self.small()}]", lambda: f"show({x}.index({self.leaf('int')}, {self.small()}), {x}.count(1))", lambda: f"{x} += {self.ordered(0)}", lambda: f"{x} *= {self.small()}", lambda: f"show({x} + {x}, {x} * 2)", lambda: f"for q_ in {x}: {x}.{self.pick(['append(1)', 'pop()', 'clear()', 'rotate()'])}", lambda: f"show({x} {self.pick(['<', '==', '!='])} collections.deque({self.ordered(0)}))", lambda: f"{x}.reverse()", lambda: f"show(copy.copy({x}), {x}.maxlen, {x}.copy())", lambda: f"show({x}[1:2])",
            lambda: f"show(list(reversed({x})), {self.leaf('int')} in {x})", lambda: f"show(pickle.loads(pickle.dumps({x})))"])(), f"show({x}, len({x}))")

    def lib_counter(self):
        x = self.fresh("ct")
        return self.guarded([f"{x} = collections.Counter({self.pick([self.ordered(1), self.expr('str', 1), '{chr(97): 2, 1: -1}', 'a=2, b=0'])})"]) + self.steps(lambda: self.pick([
            lambda: f"{x}.update({self.ordered(0)})", lambda: f"{x}.subtract({self.ordered(0)})", lambda: f"show({x}.most_common({self.pick(['', '1', '2', '-1', '0'])}))", lambda: f"show(list({x}.elements()))", lambda: f"show({x} {self.pick(['+', '-', '&', '|', '==', '<=', '<', '>'])} collections.Counter({self.expr('str', 0)}))", lambda: f"show(+{x}, -{x})", lambda: f"{x}[{self.key()}] += {self.small()}", lambda: f"del {x}['zz']", lambda: f"show({x}['q'], {x}.total())",
            lambda: f"{x} {self.pick(['+=', '-=', '&=', '|='])} collections.Counter({self.expr('str', 0)})", lambda: f"show(repr({x}), {x}.copy() == {x})", lambda: f"show(collections.Counter.fromkeys('ab'))", lambda: f"show({x}.pop({self.key()}))", lambda: f"show(dict({x}), sum({x}.values()))"])(), f"show({x})")

    def lib_ordered(self):
        x = self.fresh("od")
        kind = self.pick(["collections.OrderedDict", "collections.OrderedDict", "dict", "collections.ChainMap", "types.MappingProxyType", "collections.UserDict"])
        return self.guarded([f"{x} = {kind}({self.expr('dict', 1)})"]) + self.steps(lambda: self.pick([
            lambda: f"{x}.move_to_end({self.key()}, {self.chance(0.5)})", lambda: f"show({x}.popitem({self.pick(['', 'False', 'last=True'])}))", lambda: f"{x}[{self.key()}] = {self.leaf('int')}", lambda: f"del {x}[{self.key()}]", lambda: f"{x}.update({self.expr('dict', 0)})", lambda: f"show({x} == {self.expr('dict', 0)}, {x} | {self.expr('dict', 0)})", lambda: f"{x} |= {self.expr('dict', 0)}", lambda: f"show(list(reversed({x})))", lambda: f"show({x}.setdefault({self.key()}, 4))", lambda: f"show({x}.pop({self.key()}, 'd'))",
            lambda: f"show(list({x}.{self.pick(['keys', 'values', 'items'])}()), list(reversed({x}.items())))", lambda: f"show({x}.get({self.key()}), {self.key()} in {x})", lambda: f"{x} = {x}.new_child({self.expr('dict', 0)})", lambda: f"show({x}.maps, {x}.parents)", lambda: f"for k_ in {x}: {self.pick(['del', 'show'])}({x}[k_])", lambda: f"for k_ in {x}: {x}[str(k_) + 'n'] = 1\n    if len({x}) > 20: pass" if False else f"for k_ in {x}: {x}.clear()", lambda: f"show(copy.copy({x}), {x}.copy())", lambda: f"show(repr({x}), len({x}))",
            lambda: f"show({kind}.fromkeys({self.ordered(0)}, 1))", lambda: f"show(dict({x}.keys() {self.pick('&|-^')} {self.expr('dict', 0)}.keys()))" if False else f"show(sorted(map(repr, {x}.keys() {self.pick('&|-^')} {self.ordered(0)})))", lambda: f"show(next(iter({x})), next(reversed({x})))"])(), f"show({x})")

    def lib_array(self):
        x = self.fresh("ar")
        code = self.pick("bBhHiIlLqQfdu")
        return self.guarded([f"{x} = array.array({code!r}, {self.pick(['[1, 2, 3]', 'range(4)', '[]', 'b' + repr('abcdefgh'), repr('ab'), '[1.5]', self.expr('list', 0)])})"]) + self.steps(lambda: self.pick([
            lambda: f"{x}.append({self.leaf(self.pick(['int', 'float', 'str']))})", lambda: f"{x}.extend({self.ordered(0)})", lambda: f"show({x}.pop({self.small()}))", lambda: f"{x}[{self.small()}] = {self.leaf('int')}", lambda: f"{x}[{self.slice()}] = array.array({self.pick([code, code, 'b'])!r}, [7, 8])", lambda: f"del {x}[{self.slice()}]", lambda: f"show({x}[{self.slice()}])", lambda: f"{x}.insert({self.small()}, 1)", lambda: f"show({x}.tobytes())", lambda: f"{x}.frombytes({self.leaf('bytes')})",
            lambda: f"{x}.fromlist({self.leaf('list')})", lambda: f"{x}.byteswap()", lambda: f"{x}.reverse()", lambda: f"show({x}.index({self.leaf('int')}), {x}.count(1))", lambda: f"{x} += {x}", lambda: f"{x} *= {self.small()}", lambda: f"show({x} {self.pick(['<', '==', '>='])} array.array({code!r}, [1, 2]))", lambda: f"show({x}.itemsize, {x}.typecode, {x}.buffer_info()[1])", lambda: f"show(memoryview({x}).tolist(), memoryview({x}).format)", lambda: f"show({x}.tolist(), {x}.remove(2))", lambda: f"show(pickle.loads(pickle.dumps({x})))",
            lambda: f"show(bytes(memoryview({x}).cast('B')[:4]))"])(), f"show({x})")

    def lib_memoryview(self):
        x, o = self.fresh("mv"), self.fresh("bu")
        return self.guarded([f"{o} = {self.pick(['bytearray(range(12))', 'bytearray(range(12))', 'bytes(range(12))', 'array.array(chr(104), range(6))'])}", f"{x} = memoryview({o})"]) + self.steps(lambda: self.pick([
            lambda: f"show({x}[{self.small()}])", lambda: f"show({x}[{self.slice()}].tolist())", lambda: f"{x}[{self.small()}] = {self.leaf('int')}", lambda: f"{x}[{self.slice()}] = {self.pick(['b' + repr('zz'), x + '[' + self.slice() + ']', 'bytes(3)'])}", lambda: f"{x} = {x}.cast({self.pick(['B', 'b', 'h', 'I', 'q', 'd', 'c', '?', 'zz', '<i'])!r})", lambda: f"{x} = {x}.cast('B', [{self.pick(['3, 4', '2, 6', '12', '5, 5', '1, 2, 6'])}])", lambda: f"show({x}.tolist())", lambda: f"show({x}.shape, {x}.strides, {x}.ndim, {x}.format, {x}.itemsize, {x}.nbytes, {x}.readonly)",
            lambda: f"show({x} == {o}, {x} == memoryview({x})[::-1])", lambda: f"show({x}.hex({self.pick(['', repr(':'), repr(':') + ', 2'])}))", lambda: f"show({x}.tobytes({self.pick(['', repr('F'), repr('A'), 'None'])}))", lambda: f"{o}.append(1)", lambda: f"{x}.release()", lambda: f"show(hash({x}) == hash(bytes({x})))", lambda: f"show({x}[{self.small()}, {self.small()}])", lambda: f"{x} = {x}.toreadonly()", lambda: f"{x} = {x}[{self.slice()}]", lambda: f"show(list(reversed({x})), {self.leaf('int')} in {x})", lambda: f"show({x}.contiguous, {x}.c_contiguous, {x}.f_contiguous)", lambda: f"show(len({x}), bytes({x}))",
            lambda: f"with {x} as m_: show(m_.nbytes)", lambda: f"del {x}[0]"])(), f"show({o})")

    def lib_heap(self):
        x = self.fresh("hp")
        item = lambda: self.leaf(self.pick(["int", "int", "float"]))
        return self.guarded([f"{x} = [{', '.join(item() for _ in range(self.r.randint(0, 7)))}]", f"heapq.heapify({x})"]) + self.steps(lambda: self.pick([
            lambda: f"heapq.heappush({x}, {item()})", lambda: f"show(heapq.heappop({x}))", lambda: f"show(heapq.heapreplace({x}, {item()}), heapq.heappushpop({x}, {item()}))", lambda: f"show(heapq.nlargest({self.small()}, {x}), heapq.nsmallest(2, {x}, key=lambda v: -v))", lambda: f"show(list(heapq.merge({x}, sorted({self.leaf('list')}, key=str), reverse={self.chance(0.3)})))", lambda: f"{x}.sort()", lambda: f"bisect.insort({x}, {item()}, {self.pick(['0', '1', '-1'])})",
            lambda: f"show(bisect.bisect_left({x}, {item()}), bisect.bisect({x}, {item()}, 1, {self.small()}))", lambda: f"show(bisect.bisect({x}, {item()}, key=lambda v: v * 2))", lambda: f"show(sorted({x}, key=functools.cmp_to_key(lambda a, b: {self.pick(['a - b', 'b - a', '0', '(a > b) - (a < b)', '1', 'None', repr('x')])})))"])(), f"show({x})")

    # ---- functions

    def lib_functools(self):
        f = self.fresh("fn")
        return self.pick([
            lambda: self.guarded([f"@functools.lru_cache({self.pick(['None', '2', '0', 'maxsize=3, typed=True', '-1', ''])})", f"def {f}(*a, **k): print('call', a, k); return {self.pick(['a', '1 // len(a)', 'len(k)'])}"]) + self.attempts(lambda: self.pick([f"{f}({self.leaf('int')})", f"{f}({self.pick(['1', '1.0', 'True', '[]', 'k=1', '1, k=2', 'k=2, j=1'])})", f"{f}.cache_info()", f"{f}.cache_clear()", f"{f}.cache_parameters()", f"{f}.__wrapped__(1)"]), 5, 10),
            lambda: self.guarded([f"@functools.singledispatch", f"def {f}(x, *a): return 'base', a", *[f"@{f}.register\ndef _{i}(x: {t}, *a): return {t!r}".replace("\n", "\n    ") if self.chance(0.5) else f"{f}.register({t}, lambda x, *a: ({t!r}, a))" for i, t in enumerate(self.r.sample(["int", "str", "list", "float", "object", "collections.abc.Sized", "bool", "int | bytes"], 3))]]) + self.attempts(lambda: f"{f}({self.any(0)})", 3, 6) + self.attempts(lambda: self.pick([f"{f}.dispatch({self.pick(['bool', 'list', 'dict', 'type'])}).__name__", f"{f}()", f"sorted(k.__name__ for k in {f}.registry)"]), 1, 3),
            lambda: self.guarded([f"{f} = functools.partial({self.pick(['int', 'max', 'print', 'dict', '(lambda *a, **k: (a, k))', 'sorted'])}, {self.pick(['', self.leaf('int') + ',', self.leaf('str') + ','])} {self.pick(['', 'base=2', 'key=str', 'x=1', 'sep=' + repr('-')])})"]) + self.attempts(lambda: self.pick([f"{f}({self.any(0)})", f"{f}({self.leaf('str')}, key=len)", f"{f}.args, {f}.keywords", f"functools.partial({f}, 2, y=3)(4)", f"repr({f}) if ' at 0x' not in repr({f}) else ''"]), 3, 6),
            lambda: self.guarded(["@functools.total_ordering", f"class {f}:", "    def __init__(self, v): self.v = v", f"    def __{self.pick(['lt', 'le', 'gt', 'ge', 'eq'])}__(self, o): return {self.pick(['self.v < o.v', 'self.v >= o.v', 'NotImplemented', 'self.v'])}", *self.pick([[], ["    def __eq__(self, o): return self.v == o.v"]])]) + self.attempts(lambda: f"{f}({self.small()}) {self.pick(['<', '<=', '>', '>=', '==', '!='])} {self.pick([f'{f}({self.small()})', '1'])}", 3, 6),
            lambda: self.guarded([f"def {f}(a, /, b: int, *c, d={self.leaf('int')}, **e) -> str: 'doc'", f"{f} = functools.wraps({f})({f})"]) + self.attempts(lambda: self.pick([f"inspect.signature({f})", f"inspect.signature({f}).bind({self.pick(['1', '1, 2', '1, b=2', '1, 2, 3, z=4', 'a=1', '1, 2, d=5'])}).arguments", f"inspect.getfullargspec({f})", f"{f}.__doc__, {f}.__name__, {f}.__annotations__", f"[(p.name, p.kind.name, p.default is p.empty) for p in inspect.signature({f}).parameters.values()]", f"{f}({self.pick(['', '1', '1, 2', '1, 2, 3', 'b=1', '1, c=2', '1, 2, b=3', '1, 2, a=5'])})", f"typing.get_type_hints({f})",
                                                                   f"inspect.signature({self.pick(['len', 'int', 'print', 'sorted', 'dict.get', 'str.split', 'list.sort', 'functools.reduce', 'type', 'open'])})"]), 4, 8),
            lambda: self.attempts(lambda: self.pick([f"functools.reduce({self.pick(['operator.add', 'max', 'lambda a, b: [a, b]'])}, {self.ordered(0)}{self.pick(['', ', 0', ', []'])})", f"operator.attrgetter({self.pick(['real', 'real.imag', 'nope', '', 'a..b'])!r})({self.leaf('int')})", f"operator.itemgetter({self.small()}, {self.small()})({self.ordered(0)})", f"operator.methodcaller({self.pick(['upper', 'split', 'nope', 'count'])!r}, {self.leaf('str')})({self.leaf('str')})", f"operator.{self.pick(['concat', 'contains', 'countOf', 'indexOf', 'index', 'truth', 'is_not', 'iadd', 'matmul', 'call', 'length_hint'])}({self.any(0)}, {self.any(0)})"])),
        ])()

    def lib_itertools(self):
        d = 0
        source = lambda: self.pick([self.ordered(d), self.ordered(1), f"iter({self.leaf('list')})", "(q for q in [3, 1, 2])"])
        n = lambda: self.pick(["0", "1", "2", "3", "-1", "None", "5", "'x'", "1.5"])
        make = lambda: self.pick([
            lambda: f"itertools.chain({source()}, {source()})", lambda: f"itertools.chain.from_iterable({source()})", lambda: f"itertools.islice({source()}, {n()}, {n()}, {n()})", lambda: f"itertools.islice({source()}, {n()})", lambda: f"itertools.islice(itertools.count({n()}, {n()}), 4)", lambda: f"itertools.islice(itertools.cycle({source()}), 7)", lambda: f"itertools.repeat({self.leaf('int')}, {n()})" if self.chance(0.2) else "itertools.repeat(1, 3)", lambda: f"itertools.accumulate({source()}, {self.pick(['operator.add', 'max', 'None', 'lambda a, b: b'])}, initial={n()})",
            lambda: f"itertools.batched({source()}, 2)" if False else f"itertools.pairwise({source()})", lambda: f"itertools.combinations({source()}, {n()})", lambda: f"itertools.combinations_with_replacement({source()}, 2)", lambda: f"itertools.permutations({self.leaf('list')}, {n()})", lambda: f"itertools.product({self.leaf('list')}, {self.leaf('tuple')}, repeat={self.pick(['1', '0', '2', '-1'])})", lambda: f"itertools.groupby({source()}, {self.pick(['None', 'bool', 'str', 'len'])})", lambda: f"itertools.zip_longest({source()}, {source()}, fillvalue={n()})", lambda: f"itertools.compress({source()}, {source()})", lambda: f"itertools.filterfalse({self.pick(['None', 'bool', 'len'])}, {source()})",
            lambda: f"itertools.starmap({self.pick(['max', 'pow', 'divmod'])}, {self.pick(['[(1, 2), (3, 4)]', '[(7, 0)]', '[1]', source()])})", lambda: f"itertools.takewhile({self.pick(['bool', 'len', 'None'])}, {source()})", lambda: f"itertools.dropwhile(bool, {source()})", lambda: f"zip({source()}, {source()}, strict={self.chance(0.5)})", lambda: f"map({self.pick(['max', 'str', 'len', 'pow'])}, {source()}{self.pick(['', ', ' + source()])})", lambda: f"enumerate({source()}, {n()})", lambda: f"filter({self.pick(['None', 'str', 'len'])}, {source()})", lambda: f"reversed({source()})", lambda: f"itertools.tee({source()}, {self.pick(['1', '2', '0', '-1'])})[0]"])()
        lines = self.attempts(lambda: f"list({make()})[:12]", 2, 5)
        x = self.fresh("it")
        return lines + self.guarded([f"{x} = {make()}"]) + self.steps(lambda: self.pick([f"show(next({x}))", f"show(next({x}, 'end'))", f"show(next({x}))", f"show(list(itertools.islice({x}, 2)))", f"show(operator.length_hint({x}, -1))", f"show({x} is iter({x}))", f"{x}, y_ = itertools.tee({x})", f"show(copy.copy({x}) is {x})" if False else f"show(next({x}, None), next({x}, None))", f"{x} = itertools.chain([0], {x})", f"show(repr({x}) if ' at 0x' not in repr({x}) else '')"]), f"show(list({x})[:9])")

    # ---- text and bytes

    def regex(self, d):
        if d <= 0 or self.chance(0.3):
            return self.pick(["a", "b", ".", r"\d", r"\w", r"\s", r"\b", "[abc]", "[^a]", "[a-z]", r"[\d_]", "^", "$", "x", "=", r"\S", r"\W", r"\Z", r"\A", "[0-9a-f]", "\\.", r"\B", "é", r"[^\W\d]", "(", ")", "[", r"\1", r"\x41", "(?#c)"][:self.pick([24, 24, 24, 31])])
        p = lambda: self.regex(d - 1)
        return self.pick([lambda: p() + p(), lambda: p() + p(), lambda: p() + p() + p(), lambda: f"({p()})", lambda: f"(?:{p()})" + self.pick(["*", "+", "?", "{2}", "{1,2}", "*?", "+?", "??", "{,1}", "*+", "++"]), lambda: p() + self.pick(["*", "+", "?", "{2}", "{1,3}", "*?", "+?", "{0,}?"]), lambda: f"{p()}|{p()}", lambda: f"(?P<{self.pick('nmk')}>{p()})",
                          lambda: f"(?={p()})", lambda: f"(?!{p()})", lambda: f"(?<={self.pick(BEHIND)})", lambda: f"(?<!{self.pick(['a', ' ', '1'])})", lambda: f"(?i:{p()})", lambda: f"(?>{p()})", lambda: f"({p()})?(?(1){p()}|{p()})", lambda: f"(?P<n>{p()})(?P=n)"])()

    def lib_regex(self):
        def make():
            pattern, text = self.regex(3), self.pick(REGEX_TEXTS) if self.chance(0.8) else self.expr("str", 1)
            flags = self.pick(["0", "0", "re.I", "re.M", "re.S", "re.A", "re.X", "re.I | re.M", "re.ASCII"])
            template = self.pick(["'-'", "'<\\\\g<0>>'", "'\\\\1'", "lambda m: str(m.span())", "'\\\\g<n>'", "''", "'\\\\n'"])
            return self.pick([lambda: f"re.findall({pattern!r}, {text}, {flags})", lambda: f"[(m.span(), m.groups()) for m in re.finditer({pattern!r}, {text}, {flags})]", lambda: f"re.{self.pick(['match', 'search', 'fullmatch'])}({pattern!r}, {text}, {flags})", lambda: f"re.sub({pattern!r}, {template}, {text}, {self.pick(['0', '1', '2'])}, {flags})", lambda: f"re.split({pattern!r}, {text}, {self.pick(['0', '1'])}, {flags})", lambda: f"re.subn({pattern!r}, {template}, {text})", lambda: f"(lambda p: (p.groups, p.groupindex, p.flags, p.pattern))(re.compile({pattern!r}, {flags}))",
                              lambda: f"(lambda m: m and (m.groupdict(), m.lastindex, m.lastgroup, m.start(), m.regs, m.expand('[\\\\g<0>]')))(re.search({pattern!r}, {text}))", lambda: f"re.compile({pattern!r}).{self.pick(['search', 'match', 'findall', 'fullmatch'])}({text}, {self.r.randint(-3, 3)}, {self.r.randint(4, 9)})", lambda: f"re.escape({text})"])()
        return self.attempts(make, 4, 9)

    def lib_text(self):
        s = lambda: self.expr("str", 1)
        long = lambda: self.pick(["'the quick brown fox jumps over the lazy dog'", "'  a\\n    b\\n  c'", "'word ' * 8", "'hyphen-ated long-words-here and_more'", s()])
        return self.attempts(lambda: self.pick([
            lambda: f"textwrap.wrap({long()}, {self.pick(['10', '5', '1', '0', '20'])}{self.pick(['', ', break_long_words=False', ', initial_indent=' + repr('* '), ', subsequent_indent=' + repr('  '), ', max_lines=2', ', break_on_hyphens=False', ', drop_whitespace=False', ', expand_tabs=False'])})", lambda: f"textwrap.dedent({long()})", lambda: f"textwrap.indent({long()}, {s()})", lambda: f"textwrap.shorten({long()}, {self.r.randint(3, 20)})", lambda: f"string.Template({self.pick(['$a ${b}', '$$a', '$', '${a', '$1', '$a$a'])!r}).{self.pick(['substitute', 'safe_substitute'])}(a={self.any(0)}, b=2)", lambda: f"string.capwords({s()})", lambda: f"list(string.Formatter().parse({self.pick(['a{0}b', '{x!r:>{w}}', '{', '}', '{{}}', '{a.b[c]}', '{!x}'])!r}))",
            lambda: f"{self.pick(['{0.real} {0.imag}', '{0[0]}', '{a[b]}', '{:>{}}', '{0!z}', '{!r}', '{0:{1}.{2}}', '{:%}', '{:,}', '{0}{}', '{a.__class__.__name__}', '{:{:{}}}', '{}}', '{0[}', '{:_x}'])!r}.format({self.any(0)}, {self.leaf('int')}, {self.leaf('int')}, a={self.any(0)})", lambda: f"'{{:{self.format_spec()}}}'.format({self.scalar(0)})", lambda: f"{s()}.encode({self.pick(ENCODINGS)}, {self.pick(HANDLERS)})", lambda: f"{self.leaf('bytes')}.decode({self.pick(ENCODINGS)}, {self.pick(HANDLERS)})", lambda: f"{s()}.translate(str.maketrans({self.pick(['{97: 98}', repr('abc') + ', ' + repr('xyz'), repr('ab') + ', ' + repr('x'), repr('a') + ', ' + repr('b') + ', ' + repr('c'), '{' + repr('ab') + ': 1}', '{98: None, 99: ' + repr('CC') + '}'])}))",
            lambda: f"{s()}.{self.pick(['isidentifier', 'isprintable', 'istitle', 'isdecimal', 'isnumeric', 'casefold', 'title', 'swapcase'])}()", lambda: f"{s()}.expandtabs({self.pick(['', '4', '0', '-1'])})", lambda: f"{s()}.split({self.pick(['None', repr(' '), repr('')])}, {self.small()})", lambda: f"{s()}.{self.pick(['find', 'rfind', 'index', 'rindex', 'count'])}({self.leaf('str')}, {self.pick(['None', self.small()])}, {self.pick(['None', self.small()])})", lambda: f"{s()}.{self.pick(['startswith', 'endswith'])}(({self.leaf('str')}, {self.leaf('str')}), {self.small()})", lambda: f"{s()}.{self.pick(['center', 'ljust', 'rjust'])}({self.small()}, {self.pick([repr('*'), repr(''), repr('ab'), repr('é')])})", lambda: f"sorted({s()}), {s()} * {self.small()}",
            lambda: f"ascii({s()}), repr({s()})", lambda: f"{self.leaf('bytes')}.{self.pick(['hex', 'title', 'capitalize', 'isalnum', 'islower', 'splitlines', 'expandtabs'])}()", lambda: f"{self.leaf('bytes')}.{self.pick(['strip', 'split', 'removeprefix', 'rpartition', 'count', 'rfind', 'lstrip'])}({self.pick([self.leaf('bytes'), '97', 'None', self.leaf('str'), '300'])})", lambda: f"{self.leaf('bytes')}.translate({self.pick(['None', 'bytes(range(256))', 'bytes(3)'])}, {self.pick(['b' + repr('a'), 'delete=b' + repr('ab')])})", lambda: f"{self.leaf('bytes')} % {self.any(0)}", lambda: f"b'%{self.pick(['', '-', '0', '#', '+'])}{self.pick(['', '5'])}{self.pick('dsxcabri%')}' % ({self.any(0)},)", lambda: f"bytearray({self.leaf('bytes')}).{self.pick(['pop', 'insert', 'append', 'remove', 'extend'])}({self.pick(['0', '1', '1, 2', '300', self.leaf('bytes'), '-1'])})",
            lambda: f"'%{self.pick(['(a)', '', '(b)'])}{self.pick(['', '-', '0', '#', '+', ' ', '*'])}{self.pick(['', '5', '.2', '5.1', '.*'])}{self.pick(['d', 's', 'r', 'x', 'g', 'c', 'i', 'y', '%', 'E', 'a', 'l', 'ld'])}' % {self.pick([self.any(0), '{' + repr('a') + ': ' + self.leaf('float') + '}', '(5, ' + self.any(0) + ')', '(' + self.any(0) + ',)'])}",
        ])(), 4, 9)

    def lib_struct(self):
        def form():
            return self.pick(["", "<", ">", "=", "!", "@"]) + "".join(self.pick(["", "", "2", "0", "3", " "]) + self.pick(STRUCT_CODES) for _ in range(self.r.randint(1, 3)))
        return self.attempts(lambda: self.pick([lambda: f"struct.pack({form()!r}, {', '.join(self.leaf(self.pick(['int', 'int', 'float', 'bytes', 'bool'])) for _ in range(self.r.randint(1, 3)))})", lambda: f"struct.unpack({form()!r}, {self.leaf('bytes')} * 2)", lambda: f"struct.calcsize({form()!r})", lambda: f"list(struct.iter_unpack({form()!r}, bytes(range(16))))", lambda: f"struct.unpack_from({form()!r}, bytes(range(200, 240)), {self.small()})", lambda: f"struct.Struct({form()!r}).size",
                                                lambda: f"(lambda b: (struct.pack_into({form()!r}, b, {self.small()}, {self.leaf('int')}), b))(bytearray(12))"])(), 4, 8)

    def lib_io(self):
        x = self.fresh("io")
        text = self.chance(0.5)
        leaf = (lambda: self.leaf("str")) if text else (lambda: self.leaf("bytes"))
        made = f"io.StringIO({leaf()}{self.pick(['', ', newline=None', ', newline=' + repr(''), ', newline=' + repr(chr(13) + chr(10))])})" if text else f"io.BytesIO({leaf()})"
        if self.chance(0.25):
            made, leaf = f"io.TextIOWrapper(io.BytesIO({self.leaf('bytes')}), {self.pick(['encoding=' + repr('utf-8'), 'encoding=' + repr('latin-1'), 'encoding=' + repr('utf-16'), 'encoding=' + repr('ascii') + ', errors=' + repr('replace')])}, newline={self.pick(['None', repr(''), repr(chr(10)), repr('x')])})", lambda: self.leaf("str")
        return self.guarded([f"{x} = {made}"]) + self.steps(lambda: self.pick([lambda: f"show({x}.write({leaf()}))", lambda: f"show({x}.read({self.pick(['', '2', '-1', '0', 'None'])}))", lambda: f"show({x}.readline({self.pick(['', '2', '-1'])}))", lambda: f"show({x}.readlines({self.pick(['', '3'])}))", lambda: f"show({x}.seek({self.pick(['0', '1', '2', '0, 2', '-1, 1', '-1', '1, 1', '0, 1', '0, 3'])}))", lambda: f"show({x}.tell())", lambda: f"show({x}.truncate({self.pick(['', '2', '0', '-1', '9'])}))", lambda: f"show({x}.getvalue())", lambda: f"show(list({x}))",
                                                              lambda: f"{x}.close()" if self.chance(0.3) else f"show({x}.closed)", lambda: f"show({x}.readable(), {x}.writable(), {x}.seekable(), {x}.isatty())", lambda: f"{x}.writelines([{leaf()}, {leaf()}])", lambda: f"show(next({x}))", lambda: f"show({x}.getbuffer().tolist())", lambda: f"show({x}.readinto(bytearray(3)))", lambda: f"show({x}.newlines, {x}.encoding)", lambda: f"print({self.any(0)}, file={x}, end={self.leaf('str')})", lambda: f"{x}.flush()", lambda: f"show({x}.detach().getvalue())" if self.chance(0.2) else f"show({x}.peek(1))"])(), f"show({x}.getvalue() if hasattr({x}, 'getvalue') else {x}.buffer.getvalue())", 3, 8)

    # ---- numbers and dates

    def lib_decimal(self):
        number = lambda: self.pick([lambda: f"decimal.Decimal({self.pick(['1.10', '-0', '1E+5', '0.001', 'NaN', 'Infinity', '-1.5E-10', '123456789.123456789', 'sNaN', '7', '1e400', 'x', ' 2 ', '1_0'])!r})", lambda: f"decimal.Decimal({self.leaf('int')})", lambda: f"decimal.Decimal({self.leaf('float')})"])()
        return self.attempts(lambda: self.pick([lambda: f"{number()} {self.pick(['+', '-', '*', '/', '//', '%', '**', '<', '==', '>='])} {self.pick([number(), self.leaf('int'), self.leaf('float')])}", lambda: f"{number()}.{self.pick(['sqrt', 'normalize', 'to_integral_value', 'adjusted', 'as_tuple', 'as_integer_ratio', 'is_signed', 'ln', 'exp', 'log10', 'copy_negate', 'to_eng_string', 'number_class', 'is_zero', 'next_plus', 'canonical'])}()", lambda: f"{number()}.quantize(decimal.Decimal({self.pick(['0.01', '1', '1E+2', '0.000'])!r}), {self.pick(['None', 'decimal.ROUND_DOWN', 'decimal.ROUND_HALF_UP', 'decimal.ROUND_CEILING', 'decimal.ROUND_HALF_EVEN', 'decimal.ROUND_05UP'])})", lambda: f"format({number()}, {self.format_spec()!r})",
                                                lambda: f"int({number()}), round({number()}), round({number()}, {self.small()})", lambda: f"float({number()}), str({number()}), repr({number()})", lambda: f"-{number()}, abs({number()}), divmod({number()}, {number()})", lambda: f"{number()}.compare({number()}), {number()}.max({number()}), {number()}.fma(2, 3)", lambda: f"sum([{number()}, {number()}]), sorted([{number()}, {number()}])", lambda: f"(lambda c: [c.__enter__(), {number()} / 3, c.__exit__(None, None, None)][1])(decimal.localcontext(decimal.Context(prec={self.pick(['3', '1', '50', '0'])}, rounding=decimal.ROUND_{self.pick(['UP', 'DOWN', 'FLOOR', 'HALF_DOWN'])})))"])(), 4, 8)

    def lib_fraction(self):
        number = lambda: self.pick([lambda: f"fractions.Fraction({self.small()}, {self.small()})", lambda: f"fractions.Fraction({self.leaf('float')})", lambda: f"fractions.Fraction({self.pick(['1/3', '-2.5', '1e3', ' 3 ', '1/0', '3/-4', 'x', '.5', '1_0/3'])!r})"])()
        return self.attempts(lambda: self.pick([lambda: f"{number()} {self.pick(['+', '-', '*', '/', '//', '%', '**', '<', '==', '>='])} {self.pick([number(), self.leaf('int'), self.leaf('float'), '2j'])}", lambda: f"{number()}.limit_denominator({self.small()})", lambda: f"round({number()}, {self.small()}), math.floor({number()}), math.ceil({number()}), int({number()})", lambda: f"hash({number()}), float({number()}), str({number()}), {number()}.as_integer_ratio()", lambda: f"-{number()}, abs({number()}), divmod({number()}, {number()}), bool({number()})", lambda: f"format({number()}, '')", lambda: f"pow({number()}, {self.small()})", lambda: f"math.{self.pick(['gcd', 'hypot', 'dist', 'perm', 'prod', 'copysign', 'isclose', 'atan2', 'pow'])}({self.any(0)}, {self.any(0)})", lambda: f"math.{self.pick(['prod', 'fsum', 'hypot'])}({self.ordered(0)})"])(), 3, 7)

    def lib_datetime(self):
        r = self.r
        date = lambda: f"datetime.date({self.pick(['2024', '1', '9999', '1970', '0', '2023'])}, {self.pick(['1', '2', '12', '13', '6'])}, {self.pick(['1', '28', '29', '31', '0'])})"
        delta = lambda: f"datetime.timedelta({self.pick(['days', 'hours', 'weeks', 'seconds', 'milliseconds', 'microseconds', 'minutes'])}={self.pick([self.small(), self.leaf('int'), self.leaf('float'), '1.5'])})"
        zone = lambda: self.pick(["None", "datetime.timezone.utc", f"datetime.timezone({delta()})", "datetime.timezone(datetime.timedelta(hours=-5, minutes=30), 'X')"])
        stamp = lambda: f"datetime.datetime(2024, {r.randint(1, 12)}, {r.randint(1, 30)}, {r.randint(0, 24)}, {r.randint(0, 59)}, {r.randint(0, 60)}, {r.choice([0, 5, 999999])}, {zone()})"
        text = lambda: self.pick(["'2024-02-29'", "'2024-02-29T10:20:30'", "'2024-02-29 10:20:30.123456+05:30'", "'20240229'", "'2024-W09-4'", "'2024-13-01'", "'10:20'", "'T10:20:30Z'", "'2024-02-29T24:00'", "''", "'2024-060'", "'10:20:30,5'"])
        form = lambda: repr("".join(self.pick(["%Y", "%m", "%d", "%H", "%M", "%S", "%f", "%j", "%a", "%B", "%p", "%I", "%y", "%U", "%W", "%z", "%Z", "%%", "-", " ", ":", "%G", "%V", "%u", "%w", "%c", "%x", "%X", "%b", "%A"]) for _ in range(r.randint(1, 6))))
        return self.attempts(lambda: self.pick([date, delta, stamp, lambda: f"{stamp()} {self.pick(['-', '+', '<', '=='])} {self.pick([stamp(), delta(), date()])}", lambda: f"{date()} {self.pick(['-', '+', '<', '=='])} {self.pick([date(), delta()])}", lambda: f"{delta()} {self.pick(['+', '-', '*', '/', '//', '%', '<', '=='])} {self.pick([delta(), self.leaf('int'), self.leaf('float')])}", lambda: f"datetime.{self.pick(['date', 'datetime', 'time'])}.fromisoformat({text()})", lambda: f"{stamp()}.strftime({form()})", lambda: f"datetime.datetime.strptime({stamp()}.strftime(f := {form()}), f)", lambda: f"{stamp()}.isoformat({self.pick(['', repr(' '), 'timespec=' + repr('minutes'), 'timespec=' + repr('milliseconds'), repr('x') + ', ' + repr('auto')])})",
                                                lambda: f"{stamp()}.{self.pick(['timetuple', 'utctimetuple', 'isocalendar', 'toordinal', 'weekday', 'utcoffset', 'tzname', 'date', 'time', 'timetz', 'ctime', 'dst'])}()", lambda: f"{stamp()}.astimezone(datetime.timezone(datetime.timedelta(hours={self.small()})))" if False else f"{stamp()}.replace({self.pick(['year=2023', 'month=2', 'day=31', 'tzinfo=None', 'hour=5, fold=1'])})", lambda: f"{delta()}.total_seconds(), str({delta()}), repr({delta()}), bool({delta()})", lambda: f"datetime.date.fromordinal({self.leaf('int')})", lambda: f"datetime.date.fromisocalendar(2024, {r.randint(0, 54)}, {r.randint(0, 8)})", lambda: f"datetime.datetime.combine({date()}, datetime.time({r.randint(0, 25)}, 5))", lambda: f"datetime.datetime.fromtimestamp({self.pick([self.leaf('int'), self.leaf('float')])}, datetime.timezone.utc)", lambda: f"hash({stamp()}) == hash({stamp()}), pickle.loads(pickle.dumps({date()}))", lambda: f"format({date()}, {form()})", lambda: f"{date()}.{self.pick(['isocalendar', 'isoweekday', 'timetuple', 'ctime', 'isoformat'])}()"])(), 4, 9)

    def lib_random(self):
        x = self.fresh("rn")
        return self.guarded([f"{x} = random.Random({self.pick([self.leaf('int'), self.leaf('str'), self.leaf('bytes')])})"]) + self.attempts(lambda: self.pick([f"{x}.random()", f"{x}.randint({self.small()}, {self.small()})", f"{x}.randrange({self.small()}, {self.leaf('int')}, {self.small()})", f"{x}.choice({self.ordered(0)})", f"{x}.sample({self.pick(['range(20)', self.leaf('list')])}, {self.small()})", f"{x}.choices({self.leaf('list')}, {self.pick(['None', '[1, 2]'])}, k=4)", f"(lambda l: ({x}.shuffle(l), l))(list(range(8)))", f"{x}.{self.pick(['uniform(1, 2)', 'gauss(0, 1)', 'normalvariate()', 'expovariate(2)', 'betavariate(1, 2)', 'triangular()', 'gammavariate(2, 1)', 'vonmisesvariate(1, 1)', 'paretovariate(3)', 'weibullvariate(1, 2)', 'lognormvariate(0, 1)'])}", f"{x}.getrandbits({self.small()})", f"{x}.randbytes({self.small()})", f"{x}.seed({self.pick([self.leaf(k) for k in ('int', 'str', 'bytes')])})"]), 3, 8)

    # ---- what reads or copies objects

    def tree(self, d):
        if d <= 0 or self.chance(0.3):
            return self.pick([self.leaf("int"), self.leaf("float"), self.leaf("str"), "None", "True", self.leaf("bytes") if self.chance(0.1) else "'t'"])
        return self.pick([lambda: "[" + ", ".join(self.tree(d - 1) for _ in range(self.r.randint(0, 4))) + "]", lambda: "{" + ", ".join(f"{self.pick([self.leaf('str'), self.leaf('int'), 'None', 'True', '1.5'])}: {self.tree(d - 1)}" for _ in range(self.r.randint(0, 3))) + "}", lambda: f"({self.tree(d - 1)}, {self.tree(d - 1)})"])()

    def lib_json(self):
        options = lambda: "".join(self.pick(["", "", ", indent=2", ", sort_keys=True", ", separators=(',', ':')", ", ensure_ascii=False", ", skipkeys=True", ", default=str", ", allow_nan=False", ", indent='\\t'", ", check_circular=False"]) for _ in range(1))
        text = lambda: self.pick(["'[1, 2.5, -3e2, true, null]'", "'{\"a\": [1, {\"b\": \"\\\\u00e9\\\\n\"}]}'", "'[1, 2,]'", "'{\"a\": 1,}'", "'nul'", "'\"\\\\x\"'", "'[01]'", "' 1 2'", "'NaN'", "'-Infinity'", "'{1: 2}'", "''", "'\"\\t\"'", "'[1e999]'", "'\"\\\\ud83d\\\\ude00\"'", "'{\"a\" 1}'", "'[\"a\" \"b\"]'", "'{\"a\": 1, \"a\": 2}'"])
        return self.attempts(lambda: self.pick([lambda: f"json.dumps({self.tree(3)}{options()})", lambda: f"json.loads(json.dumps({self.tree(3)}))", lambda: f"json.loads({text()})", lambda: f"json.loads({text()}, {self.pick(['parse_float=str', 'parse_int=float', 'object_pairs_hook=list', 'object_hook=len', 'parse_constant=str', 'strict=False'])})", lambda: f"pprint.pformat({self.tree(3)}, width={self.pick(['10', '30', '80'])}{self.pick(['', ', compact=True', ', indent=3', ', depth=1', ', sort_dicts=False', ', underscore_numbers=True'])})", lambda: f"ast.literal_eval({self.tree(2)!r})", lambda: f"ast.literal_eval({self.pick(['1+2j', '-1', 'f()', '[1, x]', '{1, 2}', 'set()', '--1', '1 + 1', 'b' + repr('x'), '(', ' 1', '{**a}'])!r})",
                                                lambda: f"pickle.loads(pickle.dumps({self.tree(3)}, {self.pick('012345')}))", lambda: f"copy.deepcopy({self.tree(3)})", lambda: f"json.JSONEncoder(indent=1).encode({self.tree(2)})", lambda: f"json.JSONDecoder().raw_decode({text()})", lambda: f"len(pickle.dumps({self.tree(2)}, {self.pick('012345')}))"])(), 4, 9)

    def lib_unparse(self):
        def source():
            return "\n".join(self.pick([self.st_function, self.st_class, self.st_loop, self.st_match, self.st_with, self.st_exceptions, self.st_decorator, self.st_coroutine])()) if self.chance(0.4) else self.any(3)
        lines = []
        for _ in range(self.r.randint(1, 3)):
            names, classes = dict(self.names), list(self.classes)
            text = source()
            self.names, self.classes = names, classes
            use = self.pick(["ast.unparse(ast.parse(text_))", "ast.dump(ast.parse(text_))[:3000]", "ast.dump(ast.parse(text_), include_attributes=True, indent=1)[:4000]", "[(type(n).__name__, getattr(n, 'lineno', 0), getattr(n, 'end_col_offset', 0)) for n in ast.walk(ast.parse(text_))][:200]", "ast.get_source_segment(text_, ast.parse(text_).body[-1])", "(lambda c: (c.co_names, c.co_varnames, c.co_flags, c.co_stacksize, len(c.co_consts)) if False else (c.co_names, c.co_flags))(compile(text_, 't', 'exec'))"])
            lines += [f"text_ = {text!r}", f"attempt('tree', lambda: {use})"]
        return lines

    def lib_typing(self):
        atom = lambda: self.pick(["int", "str", "None", "list[int]", "typing.Any", "dict[str, int]", "typing.List", "tuple[int, ...]", "'Later'", "typing.TypeVar('T')", "typing.Callable[[int], str]", "type(None)", "1", "typing.Literal[1, 'a']", "..."])
        return self.attempts(lambda: self.pick([lambda: f"typing.Union[{atom()}, {atom()}]", lambda: f"typing.Optional[{atom()}]", lambda: f"{self.pick(['list', 'dict', 'tuple', 'set', 'type', 'collections.deque', 'collections.abc.Iterable'])}[{atom()}, {atom()}]", lambda: f"{atom()} | {atom()}", lambda: f"typing.get_args({atom()}), typing.get_origin({atom()})", lambda: f"isinstance({self.any(0)}, {self.pick(['int | str', 'list[int]', 'typing.List', 'int | None', 'typing.Sized', '(int, str | bytes)'])})", lambda: f"typing.{self.pick(['List', 'Dict', 'Tuple', 'Type', 'ClassVar', 'Final', 'Annotated', 'Literal', 'Generic', 'Callable', 'Deque', 'Iterable'])}[{self.pick([atom(), atom() + ', ' + atom(), '()'])}]", lambda: f"{self.pick(['list[int]', 'dict[str, int]', 'tuple[()]'])}({self.leaf('list')})", lambda: f"list[typing.TypeVar('T')][{atom()}]", lambda: f"(int | str) == (str | int), hash(int | str) == hash(str | int)",
                                                lambda: f"typing.cast({atom()}, {self.leaf('int')})", lambda: f"typing.NewType('N', int)({self.any(0)})", lambda: f"typing.TypedDict('D', {{'a': {atom()}}}, total={self.chance(0.5)})(a=1)", lambda: f"typing.get_type_hints(type('K', (), {{'__annotations__': {{'a': {atom()}}}}}))", lambda: f"list[int].__{self.pick(['origin', 'args', 'parameters', 'mro_entries', 'reduce'])}__" if self.chance(0.5) else f"list[int].{self.pick(['append', 'fromkeys', 'nope', '__name__'])}"])(), 3, 7)

    def lib_context(self):
        lines = ["@contextlib.contextmanager", "def managed(n, swallow=False):", "    print('in', n)", "    try: yield n", f"    except {self.pick(['ValueError', 'Exception', 'KeyError'])} as e:", "        print('caught', failed(e))", "        if not swallow: raise", "    finally: print('out', n)"]
        inside = lambda: self.pick(["raise ValueError(1)", "raise KeyError('k')", "1 // 0", "pass", "return 'early'", "raise StopIteration(3)", "raise RuntimeError('r') from KeyError(1)"])
        f = self.fresh("f")
        body = self.pick([lambda: [f"with managed(1, {self.chance(0.5)}) as a, managed(2, {self.chance(0.5)}):", f"    {inside()}"], lambda: ["with contextlib.ExitStack() as s:", "    s.enter_context(managed(1))", f"    s.callback(print, 'callback', {self.leaf('int')})", f"    s.push(lambda *a: {self.pick(['True', 'False', 'print(a[0])', '1 // 0'])})", f"    {self.pick(['s.pop_all().close()', 's.enter_context(managed(3, True))', 'pass', 's.enter_context(5)', 's.close()'])}", f"    {inside()}"], lambda: [f"with contextlib.suppress({self.pick(['ValueError', 'KeyError', '()', 'Exception', 'ZeroDivisionError'])}):", f"    {inside()}"], lambda: ["with contextlib.closing(io.StringIO()) as c, contextlib.redirect_stdout(c):", f"    print({self.any(0)}); {inside()}"],
                          lambda: ["with contextlib.nullcontext(4) as n:", f"    print(n); {inside()}"], lambda: ["@managed('deco')", "def g(): " + inside(), "g()", "g()"]])()
        return self.guarded(lines + [f"def {f}():", *["    " + line for line in body], "    return 'end'"]) + self.attempts(lambda: f"{f}()", 1, 1)

    def lib_asyncio(self):
        r = self.r
        def job(i):
            steps = []  # only the first waits for time to pass: how two such would mix depends on the machine
            for _ in range(r.randint(1, 4)):
                timed = ["print('got', await asyncio.wait_for(queue.get(), 0.03))", "await asyncio.wait_for(event.wait(), 0.03)", "async with asyncio.timeout(0.03): await asyncio.sleep(5)"] if i == 0 else []
                steps.append(self.pick(timed + ["await asyncio.sleep(0)", "print(queue.qsize(), event.is_set())", "queue.put_nowait(2)", "print('now', queue.get_nowait())", f"print('job{i}', {self.leaf('int')})", "await queue.put(1)", f"raise {self.pick(['ValueError', 'KeyError', 'RuntimeError'])}({i})" if self.chance(0.4) else "await asyncio.sleep(0)", "asyncio.current_task().cancel()" if self.chance(0.2) else "event.set()", f"return {self.leaf('int')}", "async with lock: print('locked'); await asyncio.sleep(0)"]))
            wrapped = [f"async def job{i}():", "    try:", *["        " + s for s in steps], f"    except {self.pick(['asyncio.CancelledError', 'ValueError', 'TimeoutError'])} as e:", f"        print('job{i}', failed(e)); {self.pick(['raise', 'pass', 'return 7'])}", f"    finally: print('fin', {i})"]
            return wrapped
        n = r.randint(2, 3)
        names = ", ".join(f"job{i}()" for i in range(n))
        main = self.pick([[f"print(await asyncio.gather({names}, return_exceptions={self.chance(0.7)}))"], ["async with asyncio.TaskGroup() as g:", *[f"    g.create_task(job{i}())" for i in range(2)]], [f"ts = [asyncio.ensure_future(j) for j in ({names},)]", f"done, rest = await asyncio.wait(ts, return_when=asyncio.{self.pick(['ALL_COMPLETED', 'FIRST_EXCEPTION', 'ALL_COMPLETED'])})", "print(len(done), len(rest), [failed(t.exception()) if not t.cancelled() and t.exception() else t.cancelled() for t in ts if t.done()])", "for t in rest: t.cancel()"],
                          [f"t = asyncio.create_task(job0())", "await asyncio.sleep(0)", f"t.cancel({self.pick(['', repr('why')])})", "print(await asyncio.gather(t, job1(), return_exceptions=True))"], [f"print(await asyncio.wait_for(asyncio.shield(job0()), {self.pick(['0.03', '1'])}))", "await job1()"]])
        return self.guarded(["import asyncio, logging; logging.disable()", *[line for i in range(n) for line in job(i)], "async def main():", "    global queue, event, lock", "    queue, event, lock = asyncio.Queue(), asyncio.Event(), asyncio.Lock()", *["    " + line for line in main], "    return 'main'", "asyncio.run(main())"])

    def lib_traceback(self):
        """Errors in expressions that span much: their carets."""
        f = self.fresh("f")
        wrong = lambda: self.pick(["x.nope", "x[9]", "x['k']", "x()", "x + ''", "1 // 0", "{}[x]", "x.a.b.c", "int('z')", "x @ x", "-x.q", "not_here", "(lambda: 1)(2)", "[i for i in 5]", "f'{x.q}'", "x < ''", "len(5)", "x if x.y else 1", "print(x.zz, 1)", "x[1:2, 3]", "next(iter([]))", "(yield_ := x.w)", "abs(x=1)", "*x.q,", "'é' + x.u", "x(1)(2)(3)"])
        around = lambda e: self.pick([f"return {e}", f"y = ({e}, 2)", f"y = [1,\n        {e},\n        3]", f"assert x is None, {e.rstrip(',')}", f"x.attr = {e}", f"x[0] = {e}", f"for i in {e}: pass", f"with {e.rstrip(',')}: pass", f"if {e.rstrip(',')} and 1: pass", f"y = x + {e.rstrip(',')} + 1", f"y = max({e.rstrip(',')},\n        2)", f"def g(a={e.rstrip(',')}): pass", f"del x[{e.rstrip(',')}]", f"a, b = {e}", f"raise ValueError({e.rstrip(',')})", f"x += {e.rstrip(',')}", f"import nope_{self.r.randint(1, 9)}", f"y = {{**{e.rstrip(',')}}}", f"class K({e.rstrip(',')}): pass", f"return (1 if {e.rstrip(',')} else 2)"])
        lines = [f"def {f}(x):", *("    " + line for line in around(wrong()).split("\n"))]
        if self.chance(0.3):
            lines = [f"def {f}(x):", "    try:", *("        " + line for line in around(wrong()).split("\n")), "    except Exception as e:", *("        " + line for line in around(wrong()).split("\n"))]
        text = "\n".join(lines) + f"\n{f}({self.pick(['1', repr('s'), '[1]', 'None', '{}', '(1, 2)', 'object'])})\n"
        name = f"<{f}>"
        return [f"import linecache; text_ = {text!r}; linecache.cache[{name!r}] = (len(text_), None, text_.splitlines(True), {name!r})", f"try: exec(compile(text_, {name!r}, 'exec'), {{}})", "except BaseException as e_: print(*[x.rstrip() for x in traceback.format_exception(e_)[1:]], sep='\\n')"]

    def library_program(self, statements):
        kinds = [getattr(self, name) for name in sorted(dir(type(self))) if name.startswith("lib_")]
        return [MODULES] + ["\n".join(self.pick(kinds)()) for _ in range(statements)]
