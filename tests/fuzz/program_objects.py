"""Parts of random programs: operators, attributes, iteration and classes' own protocols, each use noted, and numbers."""

PRELUDE = '''\
def attempt(label, action):
    try: print(label, canon(action()))
    except BaseException as e: print(label, failed(e))
class DataDescriptor:
    def __init__(self, n): self.n = n
    def __get__(self, o, t=None): return ("data", self.n, o is None)
    def __set__(self, o, v): print("dset", self.n, canon(v))
    def __delete__(self, o): print("ddel", self.n)
class PlainDescriptor:
    def __init__(self, n): self.n = n
    def __get__(self, o, t=None):
        if self.n % 3 == 0: raise AttributeError(f"none here {self.n}")
        return ("plain", self.n, o is None)
class Items:
    """An iterable by one of the protocols, told off in print."""
    def __init__(self, items, fail=None): self.items, self.fail, self.at = items, fail, 0
    def step(self, i):
        if i == self.fail: raise ValueError(f"at {i}")
        return self.items[i]
class ByIndex(Items):
    def __getitem__(self, i): return self.step(i)
class ByNext(Items):
    def __iter__(self): return self
    def __next__(self):
        if self.at >= len(self.items): raise StopIteration
        self.at += 1
        return self.step(self.at - 1)
class ByGenerator(Items):
    def __iter__(self):
        for i in range(len(self.items)): yield self.step(i)
class ByHint(ByNext):
    def __length_hint__(self): return self.fail if self.fail is not None else NotImplemented
class ByLength(ByIndex):
    def __len__(self): return len(self.items)
    def __contains__(self, x): print("contains"); return x in self.items
    def __reversed__(self): print("reversed"); return iter(self.items[::-1])
'''

OPERATORS = {"+": "add", "-": "sub", "*": "mul", "/": "truediv", "//": "floordiv", "%": "mod", "**": "pow", "<<": "lshift", ">>": "rshift", "&": "and", "|": "or",
             "^": "xor", "@": "matmul"}
COMPARISONS = {"<": "lt", "<=": "le", "==": "eq", "!=": "ne", ">": "gt", ">=": "ge"}
UNARY = {"-{}": "neg", "+{}": "pos", "~{}": "invert", "abs({})": "abs", "int({})": "int", "float({})": "float", "complex({})": "complex", "round({})": "round", "len({})": "len", "bool({})": "bool",
         "hash({0}) and type({0}).__hash__ is object.__hash__ or hash({0})": "hash", "str({})": "str", "repr({})": "repr", "bytes({})": "bytes", "range({})": "index", "[1, 2, 3][{}]": "index", "f'{{{}:x}}'": "format", "iter({})": "iter", "{}()": "call",
         "dir({})": "dir", "math.floor({})": "floor", "math.trunc({})": "trunc", "divmod({}, 2)": "divmod", "divmod(2, {})": "rdivmod", "pow({}, 2, 3)": "pow", "reversed({})": "reversed", "next({})": "next",
         "{}[1]": "getitem", "2 in {}": "contains", "'%d' % {}": "int", "chr({})": "index", "isinstance(1, {})": "instancecheck", "list({})": "iter", "sum([{}])": "radd", "max({}, 1)": "gt", "sorted([{}, 1])": "lt"}
RESULTS = ["NotImplemented", "NotImplemented", "'{}'", "'{}'", "self", "3", "None", "True", "1.5", "[]", "b'x'", "other", "-1", "2**70", "iter([1])", "(1, 2)", "1j", "{{}}"]
CONTAINERS = ["list({})", "tuple({})", "[*{}]", "sorted({})", "sum({})", "max({})", "min({}, default=0)", "dict(zip({}, 'abc'))", "2 in {}", "9 not in {}", "len({})", "list(reversed({}))", "list(enumerate({}, 1))", "list(map(str, {}))",
              "list(zip({}, range(2)))", "list(zip({}, 'abc', strict=True))", "any({})", "all({})", "''.join({})", "bytes({})", "(lambda a, *b: (a, b))(*{})", "[x for x in {} if x]", "next(iter({}))", "list(filter(None, {}))", "operator.length_hint({}, 7)",
              "[].extend({})", "set().union({}) and 1", "(lambda l: (l.__setitem__(slice(0, 1), {}), l))([1, 2])", "iter({}).__length_hint__()", "operator.countOf({}, 1)", "operator.indexOf({}, 2)", "{}[0]", "{}[1:]"]


def indent(lines):
    return ["    " + line for line in lines]


class ObjectParts:
    """Statements about what objects may define; mixed into the Generator, whose choices they use."""

    # ---- operators

    def operator_class(self, name, bases):
        body = []
        for op in self.r.sample(sorted(OPERATORS.values()), self.r.randint(1, 5)):
            for prefix in self.r.sample(["", "r", "i"], self.r.randint(1, 3)):
                method = f"__{prefix}{op}__"
                body += [f"def {method}(self, other{', mod=None' if op == 'pow' else ''}):", f"    print({name!r}, {method!r}, type(other).__name__)", "    return " + self.result(method)]
        for op in self.r.sample(sorted(COMPARISONS.values()), self.r.randint(0, 3)):
            body += [f"def __{op}__(self, other):", f"    print({name!r}, '__{op}__')", "    return " + self.result(op)]
        for op in self.r.sample(sorted(set(UNARY.values())), self.r.randint(2, 7)):
            body += [f"def __{op}__(self, other=None, *more):", f"    print({name!r}, '__{op}__')", "    return " + self.result(op)]
        if self.chance(0.1):
            body += [f"{self.pick(['__hash__', '__add__', '__iter__', '__contains__', '__bool__', '__eq__', '__radd__', '__len__', '__reversed__'])} = None"]
        return [f"class {name}({', '.join(bases)}):", *indent(body)]

    def result(self, name):
        return self.pick(RESULTS).format(name)

    def st_operators(self):
        names = [self.fresh("Op") for _ in range(self.r.randint(2, 3))]
        lines = ["import math"]
        for i, name in enumerate(names):
            base = self.pick([[], [], [names[i - 1]] if i else [], [self.pick(["int", "str", "float", "list", "tuple", "dict", "bytes"])]])
            lines += self.guarded(self.operator_class(name, base))
        lines = [line for line in lines]
        operands = [f"{name}()" for name in names] + ["2", "'s'", "[1]", "1.5", "(1,)", "{}"]
        for _ in range(self.r.randint(4, 9)):
            a, b = self.pick(operands[:len(names)]), self.pick(operands)
            if self.chance(0.4):
                a, b = b, a
            use = self.pick([lambda: f"{a} {self.pick(list(OPERATORS))} {b}", lambda: f"{a} {self.pick(list(COMPARISONS))} {b}", lambda: self.pick(list(UNARY)).format(self.pick(operands[:len(names)])), lambda: f"[{a}] == [{b}]", lambda: f"({a}, 1) < ({b}, 2)",
                             lambda: f"{a} in [{b}, {a}]", lambda: f"(o := {a}).__class__.__name__ and (o {self.pick(list(OPERATORS))} o)", lambda: f"not {a}", lambda: f"{a} and {b}"])()
            lines.append(f"attempt({use!r}, lambda: {use})")
        lines += self.guarded([f"x_ = {self.pick(operands)}", f"x_ {self.pick(list(OPERATORS))}= {self.pick(operands)}", "show(type(x_).__name__)"])
        return lines

    # ---- attributes

    def attribute_class(self, name, bases, meta):
        names = ["a", "b", "c", "d"]
        body = []
        if self.chance(0.35):
            slots = self.r.sample(names + ["__dict__", "__weakref__"], self.r.randint(0, 3))
            body.append(f"__slots__ = {tuple(slots)!r}")
        for n in self.r.sample(names, self.r.randint(1, 4)):
            body += self.pick([lambda: [f"{n} = {self.leaf('int')}"], lambda: [f"{n} = DataDescriptor({self.r.randint(0, 5)})"], lambda: [f"{n} = PlainDescriptor({self.r.randint(0, 5)})"], lambda: [f"{n} = property(lambda self: {self.pick(['1', 'self.zz', 'self._x', '1 // 0'])})"],
                               lambda: ["@property", f"def {n}(self): return self._{n}", f"@{n}.setter", f"def {n}(self, v): self._{n} = v", f"@{n}.deleter", f"def {n}(self): del self._{n}"], lambda: [f"@classmethod", f"def {n}(cls): return cls.__name__"],
                               lambda: ["@staticmethod", f"def {n}(*x): return x"], lambda: [f"def {n}(self): return 'method'"], lambda: [f"@functools.cached_property", f"def {n}(self): print('cached'); return 7"]])()
        if self.chance(0.25):
            body += ["def __getattr__(self, n):", self.pick(["    return 'got ' + n", "    raise AttributeError(n, 'own')", "    if n == 'd': return 1\n    raise AttributeError(f'no {n}')", "    raise KeyError(n)"]).replace("\n", "\n    ")]
        if self.chance(0.15):
            body += ["def __getattribute__(self, n):", "    print('look', n) if len(n) == 1 else None", f"    {self.pick(['return super().__getattribute__(n)', 'if n == chr(97): raise AttributeError(n)', 'return object.__getattribute__(self, n)'])}"]
        if self.chance(0.15):
            body += ["def __setattr__(self, n, v):", "    print('set', n)", f"    {self.pick(['super().__setattr__(n, v)', 'self.__dict__[n] = v', 'pass', 'object.__setattr__(self, n, v)'])}"]
        if self.chance(0.1):
            body += ["def __delattr__(self, n): print('del', n)"]
        if self.chance(0.15):
            body += ["def __init_subclass__(cls, **k): print('sub', cls.__name__, sorted(k)); super().__init_subclass__()"]
        if self.chance(0.1):
            body += ["def __class_getitem__(cls, k): return cls.__name__, k"]
        if self.chance(0.1):
            body += ["def __set_name__(self, o, n): print('named', n)"]
        keywords = bases + ([f"metaclass={meta}"] if meta else []) + (["key=1"] if self.chance(0.1) else [])
        return [f"class {name}({', '.join(keywords)}):", *indent(body)]

    def st_attributes(self):
        lines, names, metas = ["import functools"], [], []
        if self.chance(0.4):
            meta = self.fresh("Meta")
            extra = self.pick([["def __prepare__(n, b, **k): print('prepare', n); return {'p': 1}"], ["def __call__(cls, *a, **k): print('call'); return super().__call__(*a, **k)"], ["def __getattr__(cls, n): return 'meta ' + n"], ["a = DataDescriptor(9)"],
                               ["def __instancecheck__(cls, o): return True"], ["def mro(cls): return super().mro()"], ["b = 5", "def __setattr__(cls, n, v): print('mset', n); super().__setattr__(n, v)"], ["def __iter__(cls): return iter('meta')", "def __len__(cls): return 4"],
                               ["def __new__(m, n, b, ns, **k): print(sorted(x for x in ns if len(x) == 1)); return super().__new__(m, n, b, ns)"]])
            if "__prepare__" in extra[0]:
                extra.insert(0, "@classmethod")
                extra[1] = extra[1].replace("__prepare__(n", "__prepare__(m, n")
            lines += [f"class {meta}(type):", *indent(extra)]
            metas.append(meta)
        for _ in range(self.r.randint(1, 4)):
            name = self.fresh("At")
            bases = self.r.sample(names, min(len(names), self.pick([0, 1, 1, 2, 2])))
            if self.chance(0.1):
                bases.append(self.pick(["int", "dict", "str", "Exception", "list", "tuple"]))
            lines += self.guarded([*self.attribute_class(name, bases, self.pick(metas) if metas and self.chance(0.6) else None), f"show([k.__name__ for k in {name}.__mro__])"])
            names.append(name)
        for name in self.r.sample(names, min(2, len(names))):
            o = self.fresh("o")
            lines += ["try:", f"    {o} = {name}()", "except Exception as e_:", f"    print(failed(e_)); {o} = None"]
            for _ in range(self.r.randint(3, 8)):
                a, target = self.pick("abcd"), self.pick([o, o, o, name])
                use = self.pick([f"{target}.{a}", f"{target}.{a}", f"{target}.{a}()", f"setattr({target}, {a!r}, {self.leaf('int')})", f"setattr({target}, {a!r}, {self.pick(['DataDescriptor(8)', 'PlainDescriptor(7)', 'lambda *x: x'])})", f"delattr({target}, {a!r})", f"hasattr({target}, {a!r})",
                                 f"getattr({target}, {a!r}, 'none')", f"sorted(k for k in dir({target}) if len(k) == 1)", f"sorted(k for k in vars({target}) if len(k) == 1)", f"{target}.__dict__.get({a!r})", f"{name}[1]", f"isinstance({o}, {self.pick(names)})", f"issubclass({name}, {self.pick(names)})",
                                 f"setattr({o}, '__class__', {self.pick(names)})", f"super({name}, {o}).{a}", f"object.__getattribute__({o}, {a!r})", f"type({o}).__name__", f"setattr({name}, '__bases__', ({self.pick(names)},))", f"list({name})", f"[k.__name__ for k in {name}.__subclasses__()]", f"object.__setattr__({o}, {a!r}, 3)"])
                lines.append(f"attempt({use!r}, lambda: {use})")
            if self.chance(0.4):
                lines += self.guarded([f"match {o}:", f"    case {self.pick(names)}({self.pick('abcd')}=x_): show(x_)", "    case _: show('none')"])
        return lines

    # ---- iteration

    def st_iteration(self):
        make = lambda: f"{self.pick(['ByIndex', 'ByNext', 'ByGenerator', 'ByHint', 'ByLength'])}({self.pick(['[1, 2, 3]', '[]', 'list(range(6))', '[0, None]', '(3, 1, 2)', TEXT_ITEMS])}, {self.pick(['None', 'None', '1', '2', '-1', '0'])})"
        lines = ["import operator"]
        for _ in range(self.r.randint(3, 8)):
            use = self.pick(CONTAINERS).format(make())
            lines.append(f"attempt({use!r}, lambda: {use})")
        targets = self.pick(["a_, b_", "a_, *b_", "*a_, b_, c_", "a_, (b_, c_)", "[a_, b_, c_]", "(*a_,)"])
        return lines + self.guarded([f"{targets} = {make()}", "show(a_, b_)"]) + self.guarded([f"for x_ in {make()}: show(x_)", f"else: show({make()} is None)"])

    # ---- numbers

    def big(self):
        sign = self.pick(["", "-"])
        return self.pick([lambda: f"({sign}{self.r.getrandbits(self.r.choice([8, 30, 60, 64, 65, 128, 500, 2000]))})", lambda: f"({sign}2**{self.r.randint(0, 600)} {self.pick(['+', '-'])} {self.r.randint(0, 3)})", lambda: f"({sign}10**{self.r.randint(0, 120)})", lambda: self.leaf("int")])()

    def real(self):
        r = self.r
        return self.pick([lambda: f"float.fromhex('{self.pick(['', '-'])}0x1.{r.getrandbits(52):013x}p{r.randint(-1074, 1023)}')", lambda: repr(r.uniform(-10, 10)), lambda: f"{r.getrandbits(53)}e{r.randint(-340, 300)}", lambda: f"{r.randint(0, 10**6)}.{r.choice(['5', '25', '125', '05', '005', '0000000005'])}", lambda: self.leaf("float")])()

    def st_numbers(self):
        lines = ["import math"]
        for _ in range(self.r.randint(3, 7)):
            a, b, c, x, y = self.big(), self.big(), self.big(), self.real(), self.real()
            n = self.r.randint(-3, 40)
            use = self.pick([
                lambda: f"{a} {self.pick(['+', '-', '*', '//', '%', '/', '&', '|', '^'])} {b}", lambda: f"divmod({a}, {b})", lambda: f"{a} {self.pick(['<<', '>>'])} {n}", lambda: f"{a} ** {self.r.randint(0, 9)}", lambda: f"pow({a}, {b}, {c})", lambda: f"math.gcd({a}, {b}), math.lcm({a}, {b})",
                lambda: f"math.isqrt(abs({a}))", lambda: f"float({a})", lambda: f"{a} {self.pick(['<', '==', '>=', '!='])} {x}", lambda: f"hash({a}), hash({x}) if {x} == {x} else 0", lambda: f"int(str({a})) == {a}, hex({a}), bin({a})[:40]", lambda: f"int({self.r.getrandbits(200):x}.__str__(), 36)" if False else f"int('{self.r.getrandbits(200):x}', 16)",
                lambda: f"({a}).to_bytes({self.r.randint(0, 30)}, {self.pick(['little', 'big'])!r}, signed={self.chance(0.5)})", lambda: f"({a}).bit_length(), ({a}).bit_count()", lambda: f"round({a}, {-n})", lambda: f"round({x}, {self.r.randint(-20, 20)})", lambda: f"repr({x}), str({x})", lambda: f"format({x}, '{self.pick(['', '.', '+.', '020.', ',.', '_.'])[:1]}{self.pick(['', '.3', '.17', '.40', '.0'])}{self.pick('efgEG%')}')",
                lambda: f"format({a}, '{self.pick(['', '+', ' ', '#', ','])}{self.pick(['', '60', '040'])}{self.pick(['d', 'd', 'x', 'o', 'b', 'e', 'g', 'n'])}')", lambda: f"({x}).as_integer_ratio()", lambda: f"({x}).hex(), float.fromhex(({x}).hex()) == {x}", lambda: f"{x} {self.pick(['+', '-', '*', '/', '//', '%', '**'])} {y}", lambda: f"divmod({x}, {y})",
                lambda: f"math.fmod({x}, {y}), math.remainder({x}, {y})", lambda: f"math.fsum([{x}, {y}, -{x}])", lambda: f"sum([{x}, {y}, {a}])", lambda: f"int({x}), math.floor({x}), math.ceil({x}), round({x})", lambda: f"math.frexp({x}), math.modf({x})", lambda: f"math.ldexp({x}, {n})", lambda: f"math.{self.pick(['sqrt', 'floor', 'trunc', 'isfinite', 'ulp', 'fabs'])}({x})",
                lambda: f"math.nextafter({x}, {y})", lambda: f"'%.{self.r.randint(0, 25)}{self.pick('efg')}' % {x}", lambda: f"'%{self.pick(['', '#', '-30', '+', '030'])}{self.pick('dxo')}' % {a}", lambda: f"complex({x}, {y}) {self.pick(['+', '-', '*'])} complex({y}, {x})", lambda: f"abs({x}) == abs(-{x}), -{x}, +{x}", lambda: f"({a}).__index__(), ~{a}, -{a}",
                lambda: f"{a} / {b} == float({a}) / float({b})", lambda: f"int({x}) {self.pick(['+', '*'])} {a}", lambda: f"math.comb({self.r.randint(0, 80)}, {self.r.randint(0, 40)}), math.factorial({self.r.randint(0, 40)})", lambda: f"math.{self.pick(['log', 'log2', 'log10'])}(abs({a}) + 1) > 0", lambda: f"{x} == {a}, {x} < {a}, {a} < {x}", lambda: f"range({a}, {b}, {n or 1})[{self.small()}]", lambda: f"len(range({self.small()}, {n})), {a} in range({b}, {c})",
            ])()
            lines.append(f"attempt({use!r}, lambda: ({use}))")
        return lines

    # ---- slices

    def st_slices(self):
        def part():
            return self.pick(["", "", self.small(), self.small(), "None", "10**20", "-10**20", "True"])
        def cut():
            return f"{part()}:{part()}" + (f":{self.pick(['', '1', '2', '-1', '-2', '3', '0', '10**20', '-10**20', 'None'])}" if self.chance(0.6) else "")
        n = self.r.randint(0, 9)
        lines = []
        for _ in range(self.r.randint(2, 5)):
            target = self.pick([f"list(range({n}))", f"list(range({n}))", f"bytearray(range({n}))", f"'abcdefghij'[:{n}]", f"range({n})", f"tuple(range({n}))", f"bytes(range({n}))", f"memoryview(bytearray(range({n})))", f"array.array('h', range({n}))", f"collections.deque(range({n}))"])
            action = self.pick([f"show(x_[{cut()}])", f"x_[{cut()}] = {self.pick(['[7, 8]', 'b' + repr('zz'), 'x_', '()', 'range(3)', '5', 'bytearray(2)', 'iter([1])', 'x_[::-1]'])}", f"del x_[{cut()}]", f"x_[{cut()}] *= 2", f"x_[{part() or 0}] = 9", f"show(slice({part() or None}, {part() or None}, {self.small()}).indices({n}))"])
            lines += self.guarded(["import array, collections", f"x_ = {target}", action, "show(list(x_))"])
        return lines


TEXT_ITEMS = "['x', 'y']"
