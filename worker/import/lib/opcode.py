"""The instructions of this interpreter: their numbers, names, and what their operands are."""
import _opcode
from _opcode import stack_effect

__all__ = ["cmp_op", "hasconst", "hasname", "hasjrel", "hasjabs", "haslocal", "hascompare", "hasfree", "opname", "opmap",
           "HAVE_ARGUMENT", "EXTENDED_ARG", "hasnargs", "stack_effect"]

cmp_op = ("<", "<=", "==", "!=", ">", ">=")

_rows = _opcode._rows()
opname = [name for name, _, _ in _rows]
opname += [f"<{number}>" for number in range(len(opname), 256)]
opmap = {name: number for number, (name, _, _) in enumerate(_rows)}


def _having(*kinds):
    return [number for number, (_, _, kind) in enumerate(_rows) if kind in kinds]


hasconst = _having("CONST")
hasname = _having("NAME")
hasjrel = _having("JUMP_FORWARD", "JUMP_BACKWARD")
hasjabs = []
haslocal = [number for number in _having("LOCAL") if opname[number].endswith(("_FAST", "_FAST_CHECK"))]
hasfree = [number for number in _having("LOCAL") if number not in haslocal]
hascompare = _having("COMPARE")
hasnargs = []
hasarg = [number for number, (_, _, kind) in enumerate(_rows) if kind != "NONE"]

# Whether an instruction has an operand does not follow from its number here: `hasarg` tells.
HAVE_ARGUMENT = 0
EXTENDED_ARG = opmap["EXTENDED_ARG"]

_inline_cache_entries = [caches for _, caches, _ in _rows] + [0] * (256 - len(_rows))
_nb_ops = [("NB_" + name, symbol) for name, symbol in zip(
    "ADD AND FLOOR_DIVIDE LSHIFT MATRIX_MULTIPLY MULTIPLY REMAINDER OR POWER RSHIFT SUBTRACT TRUE_DIVIDE XOR".split(),
    "+ & // << @ * % | ** >> - / ^".split())]
_nb_ops += [("NB_INPLACE_" + name[3:], symbol + "=") for name, symbol in _nb_ops]
