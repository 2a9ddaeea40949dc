"""A compiler for a small language by ast.NodeVisitor, a virtual machine, and enums, ABCs, functions made by hand."""
import abc
import ast
import dis
import functools
import operator as op
import types
from collections import ChainMap, OrderedDict, deque, namedtuple
from enum import Enum, Flag, IntEnum, IntFlag, auto, unique

Instr = namedtuple("Instr", "op arg", defaults=[None])


@unique
class Op(IntEnum):
    PUSH = auto()
    LOAD = auto()
    STORE = auto()
    BIN = auto()
    JUMP_IF_FALSE = auto()
    JUMP = auto()
    CALL = auto()
    RET = auto()

    def __repr__(self):
        return self.name


class Compiler(ast.NodeVisitor):
    binary = {ast.Add: op.add, ast.Sub: op.sub, ast.Mult: op.mul, ast.FloorDiv: op.floordiv,
        ast.Mod: op.mod, ast.Lt: op.lt,
              ast.Gt: op.gt, ast.Eq: op.eq, ast.LtE: op.le}

    def __init__(self):
        self.code = []

    def emit(self, *instr):
        self.code.append(Instr(*instr))
        return len(self.code) - 1

    def patch(self, at):
        self.code[at] = self.code[at]._replace(arg=len(self.code))

    def visit_Module(self, node):
        for statement in node.body:
            self.visit(statement)
        self.emit(Op.RET)
        return self.code

    def visit_Constant(self, node):
        self.emit(Op.PUSH, node.value)

    def visit_Name(self, node):
        self.emit(Op.LOAD if isinstance(node.ctx, ast.Load) else Op.STORE, node.id)

    def visit_BinOp(self, node):
        self.visit(node.left), self.visit(node.right)
        self.emit(Op.BIN, self.binary[type(node.op)])

    def visit_Compare(self, node):
        self.visit(node.left), self.visit(node.comparators[0])
        self.emit(Op.BIN, self.binary[type(node.ops[0])])

    def visit_Assign(self, node):
        self.visit(node.value)
        for target in node.targets:
            self.visit(target)

    def visit_While(self, node):
        top = len(self.code)
        self.visit(node.test)
        out = self.emit(Op.JUMP_IF_FALSE)
        for s in node.body:
            self.visit(s)
        self.emit(Op.JUMP, top)
        self.patch(out)

    def visit_If(self, node):
        self.visit(node.test)
        out = self.emit(Op.JUMP_IF_FALSE)
        for s in node.body:
            self.visit(s)
        end = self.emit(Op.JUMP)
        self.patch(out)
        for s in node.orelse:
            self.visit(s)
        self.patch(end)

    def visit_Call(self, node):
        for a in node.args:
            self.visit(a)
        self.emit(Op.CALL, (node.func.id, len(node.args)))

    def visit_Expr(self, node):
        self.visit(node.value)

    def generic_visit(self, node):
        raise SyntaxError(f"unsupported {type(node).__name__} at {node.lineno}:{node.col_offset}")


def execute(code, scope):
    stack, pc, steps = deque(), 0, 0
    while True:
        instr, pc, steps = code[pc], pc + 1, steps + 1
        match instr:
            case Instr(Op.PUSH, value):
                stack.append(value)
            case (Op.LOAD, name):
                stack.append(scope[name])
            case Instr(op=Op.STORE, arg=name):
                scope[name] = stack.pop()
            case Instr(Op.BIN, f):
                right, left = stack.pop(), stack.pop()
                stack.append(f(left, right))
            case Instr(Op.JUMP_IF_FALSE, where):
                pc = pc if stack.pop() else where
            case Instr(Op.JUMP, where):
                pc = where
            case Instr(Op.CALL, (name, n)):
                args = [stack.pop() for _ in range(n)][::-1]
                stack.append(scope[name](*args))
            case Instr(Op.RET):
                return steps


source = """
i = 0
total = 0
while i < 10:
    if i % 2 == 0:
        total = total + i * i
    else:
        total = total - 1
    i = i + 1
show(total, i)
"""
code = Compiler().visit(ast.parse(source))
for n, (o, a) in enumerate(code[:12]):
    print(f"{n:3} {o!r:14} {getattr(a, '__name__', a)}")
scope = ChainMap({}, {"show": lambda *a: print("show", a)})
print(execute(code, scope), scope.maps[0])
for bad in ("x = [1]", "def f(): pass", "a = 1 if 2 else 3"):
    try:
        Compiler().visit(ast.parse(bad))
    except SyntaxError as e:
        print(e)
print(ast.unparse(ast.parse(
    "def f(a, /, b: int=2, *c, d, **e) -> str:\n  return f'{a!r:>{b}}' if not (b and c) else lambda: (yield)")))
print(ast.dump(ast.parse("x: int = y[1:2, ...]", mode="exec"), indent=1))


class Perm(Flag):
    R, W, X = auto(), auto(), auto()
    RW = R | W


class Color(Enum):
    RED = (1, "r")
    BLUE = (2, "b")
    ALIAS = (1, "r")

    def __init__(self, n, short):
        self.n, self.short = n, short

    @classmethod
    def _missing_(cls, value):
        return next((m for m in cls if m.short == value), None)


print(Perm.RW, Perm.R | Perm.X, ~Perm.R, Perm(5), list(Perm), Perm.RW in Perm.RW, Perm(0),
    bool(Perm.R & Perm.W))
print(Color("b"), Color.ALIAS is Color.RED, list(Color), Color.__members__.keys(), Color["BLUE"].n)
for f in (lambda: Color("zz"), lambda: Color["zz"], lambda: Perm(99), lambda: Op(77), lambda: unique(Color)):
    try:
        print(f())
    except (ValueError, KeyError) as e:
        print(type(e).__name__, e)


class Shape(abc.ABC):
    registry = OrderedDict()

    def __init_subclass__(cls, /, sides=0, **kw):
        super().__init_subclass__(**kw)
        cls.registry[cls.__name__] = sides

    @property
    @abc.abstractmethod
    def area(self): ...

    @abc.abstractmethod
    def scale(self, k): ...

    @functools.cached_property
    def slow(self):
        print("computing")
        return self.area ** 2


class Square(Shape, sides=4):
    def __init__(self, a):
        self.a = a

    area = property(lambda self: self.a ** 2)

    def scale(self, k):
        return type(self)(self.a * k)


class Blob(Shape):
    def scale(self, k): ...


print(Shape.registry, Square(2).scale(3).area, Shape.__abstractmethods__ == {"area", "scale"})
s = Square(2)
print(s.slow, s.slow, vars(s))
for c in (Shape, Blob):
    try:
        c()
    except TypeError as e:
        print(e)


@functools.singledispatch
def describe(x):
    return f"object {x!r}"


@describe.register
def _(x: int | bool):
    return f"int {x}"


@describe.register(list)
@describe.register(tuple)
def _(x):
    return "[" + ", ".join(map(describe, x)) + "]"


print(describe([1, True, (2.5, "s")]), describe.dispatch(bool).__name__,
    sorted(t.__name__ for t in describe.registry))
f = types.FunctionType((lambda q, *r, s=3: (q, r, s)).__code__, {}, "made")
f.__kwdefaults__ = {"s": 9}
print(f(1, 2), f.__name__, f.__code__.co_varnames, f.__code__.co_flags & 4, f.__code__.co_argcount)
print(len(list(dis.get_instructions(f))) > 3)
