"""Code objects as text: the instructions of this interpreter, with the functions and the layout of Python's dis."""
import collections
import io
import sys
import types

import _opcode
from opcode import *
from opcode import __all__ as _opcode_names

__all__ = ["code_info", "dis", "disassemble", "distb", "disco", "findlinestarts", "findlabels", "show_code",
           "get_instructions", "Instruction", "Bytecode"] + _opcode_names
del _opcode_names

COMPILER_FLAG_NAMES = {1: "OPTIMIZED", 2: "NEWLOCALS", 4: "VARARGS", 8: "VARKEYWORDS", 16: "NESTED", 32: "GENERATOR",
                       64: "NOFREE", 128: "COROUTINE", 256: "ITERABLE_COROUTINE", 512: "ASYNC_GENERATOR"}

_have_code = (types.MethodType, types.FunctionType, types.CodeType, classmethod, staticmethod, type)

Positions = collections.namedtuple("Positions", "lineno end_lineno col_offset end_col_offset", defaults=[None] * 4)
_Instruction = collections.namedtuple(
    "_Instruction", "opname opcode arg argval argrepr offset starts_line is_jump_target positions", defaults=[None])


class Instruction(_Instruction):
    """One instruction: its name and number, its operand (as a number, as what it stands for, as text), its offset, the line
    that it begins or None, whether something jumps to it, and where in the source it comes from."""

    def _disassemble(self, lineno_width=3, mark_as_current=False, offset_width=4):
        line = f"{self.starts_line if self.starts_line is not None else '':>{lineno_width}} " if lineno_width else ""
        line += f"{'-->' if mark_as_current else '   '} {'>>' if self.is_jump_target else '  '} "
        line += f"{self.offset:>{offset_width}} {self.opname:<20} "
        if self.arg is not None:
            line += f"{self.arg:>5} "
            if self.argrepr:
                line += f"({self.argrepr})"
        return line.rstrip()


def pretty_flags(flags):
    """The names of a code object's flags, with commas between."""
    names = []
    for bit in range(32):
        if flags & 1 << bit:
            names.append(COMPILER_FLAG_NAMES.get(1 << bit, hex(1 << bit)))
    return ", ".join(names) if names else hex(flags)


def _code_of(x):
    """The code of whatever has some: a function, method, generator, class's method, source text."""
    x = getattr(x, "__func__", x)
    for name in ("__code__", "gi_code", "ag_code", "cr_code"):
        if hasattr(x, name):
            return getattr(x, name)
    if isinstance(x, str):
        try:
            return compile(x, "<disassembly>", "eval")
        except SyntaxError:
            return compile(x, "<disassembly>", "exec")
    if hasattr(x, "co_code"):
        return x
    raise TypeError(f"don't know how to disassemble {type(x).__name__} objects")


def dis(x=None, *, file=None, depth=None, show_caches=False, adaptive=False):
    """Prints the instructions of a class, method, function, code object or source text; without one, of the last traceback."""
    if x is None:
        return distb(file=file, show_caches=show_caches)
    x = getattr(x, "__func__", x)
    if isinstance(x, (bytes, bytearray)):
        raise TypeError("bytes without their code object cannot be disassembled")
    if hasattr(x, "__dict__") and not any(hasattr(x, name) for name in ("__code__", "gi_code", "ag_code", "cr_code")):
        for name, member in sorted(x.__dict__.items()):
            if isinstance(member, _have_code):
                print(f"Disassembly of {name}:", file=file)
                try:
                    dis(member, file=file, depth=depth, show_caches=show_caches)
                except TypeError as error:
                    print("Sorry:", error, file=file)
                print(file=file)
        return
    _disassemble_nested(_code_of(x), file, depth, show_caches)


def _disassemble_nested(code, file, depth, show_caches):
    disassemble(code, file=file, show_caches=show_caches)
    if depth is None or depth > 0:
        for const in code.co_consts:
            if isinstance(const, types.CodeType):
                print(file=file)
                print(f"Disassembly of {const!r}:", file=file)
                _disassemble_nested(const, file, None if depth is None else depth - 1, show_caches)


def distb(tb=None, *, file=None, show_caches=False, adaptive=False):
    """Prints the instructions of the innermost frame of a traceback, and marks the one that raised."""
    if tb is None:
        if not hasattr(sys, "last_traceback"):
            raise RuntimeError("no last traceback to disassemble") from None
        tb = sys.last_traceback
    while tb.tb_next:
        tb = tb.tb_next
    disassemble(tb.tb_frame.f_code, tb.tb_lasti, file=file, show_caches=show_caches)


def disassemble(co, lasti=-1, *, file=None, show_caches=False, adaptive=False):
    """Prints a code object's instructions."""
    instructions = list(get_instructions(co, show_caches=show_caches))
    lines = [i.starts_line for i in instructions if i.starts_line is not None]
    lineno_width = max(3, len(str(max(lines)))) if lines else 0
    offset_width = max(4, len(str(instructions[-1].offset))) if instructions else 4
    for i in instructions:
        if lineno_width and i.starts_line is not None and i.offset > 0:
            print(file=file)
        print(i._disassemble(lineno_width, i.offset == lasti, offset_width), file=file)
    handlers = _opcode._handlers(co)
    if handlers:
        print("ExceptionTable:", file=file)
        for start, end, target, depth, saves_lasti in handlers:
            print(f"  {start} to {end - 2} -> {target} [{depth}]{' lasti' if saves_lasti else ''}", file=file)


disco = disassemble


def get_instructions(x, *, first_line=None, show_caches=False, adaptive=False):
    """The instructions of a function, method, code object or source text, one by one."""
    code = _code_of(x)
    shift = 0 if first_line is None else first_line - code.co_firstlineno
    starts = dict(findlinestarts(code))
    targets = set(findlabels(code)) | {handler[2] for handler in _opcode._handlers(code)}
    positions = list(code.co_positions())
    rows = _opcode._instructions(code)
    ends = [row[0] for row in rows[1:]] + [2 * len(positions)]
    for (offset, op, arg, argval, argrepr, target), end in zip(rows, ends):
        line = starts.get(offset)
        yield Instruction(opname[op], op, arg, argval, argrepr, offset, None if line is None else line + shift,
                          offset in targets, Positions(*positions[offset // 2]))
        if show_caches:
            for cache in range(offset + 2, end, 2):
                yield Instruction("CACHE", 0, 0, None, "", cache, None, False, Positions(*positions[cache // 2]))


def findlabels(code):
    """The offsets that instructions jump to."""
    labels = []
    for row in _opcode._instructions(code):
        if row[5] is not None and row[5] not in labels:
            labels.append(row[5])
    return labels


def findlinestarts(code):
    """Pairs of (offset, line) where a line begins."""
    last = None
    for start, _, line in code.co_lines():
        if line is not None and line != last:
            last = line
            yield start, line


def _unpack_opargs(code):
    raise TypeError("bytes without their code object cannot be decoded")


def code_info(x):
    """What is to be said of a code object, as text."""
    code = _code_of(x)
    lines = [f"Name:              {code.co_name}", f"Filename:          {code.co_filename}",
             f"Argument count:    {code.co_argcount}", f"Positional-only arguments: {code.co_posonlyargcount}",
             f"Kw-only arguments: {code.co_kwonlyargcount}", f"Number of locals:  {code.co_nlocals}",
             f"Stack size:        {code.co_stacksize}", f"Flags:             {pretty_flags(code.co_flags)}"]
    for title, items, show in (("Constants:", code.co_consts, repr), ("Names:", code.co_names, str),
                               ("Variable names:", code.co_varnames, str), ("Free variables:", code.co_freevars, str),
                               ("Cell variables:", code.co_cellvars, str)):
        if items:
            lines.append(title)
            lines += [f"{number:4}: {show(item)}" for number, item in enumerate(items)]
    return "\n".join(lines)


def show_code(co, *, file=None):
    """Prints what code_info tells."""
    print(code_info(co), file=file)


class Bytecode:
    """The instructions of a piece of code: iterating gives them, dis() formats them, info() tells about the code."""

    def __init__(self, x, *, first_line=None, current_offset=None, show_caches=False, adaptive=False):
        self.codeobj = _code_of(x)
        self.first_line = self.codeobj.co_firstlineno if first_line is None else first_line
        self.current_offset = current_offset
        self.show_caches = show_caches
        self._original_object = x

    def __iter__(self):
        return get_instructions(self.codeobj, first_line=self.first_line, show_caches=self.show_caches)

    def __repr__(self):
        return f"{self.__class__.__name__}({self._original_object!r})"

    @classmethod
    def from_traceback(cls, tb, *, show_caches=False, adaptive=False):
        while tb.tb_next:
            tb = tb.tb_next
        return cls(tb.tb_frame.f_code, current_offset=tb.tb_lasti, show_caches=show_caches)

    def info(self):
        return code_info(self.codeobj)

    def dis(self):
        offset = -1 if self.current_offset is None else self.current_offset
        with io.StringIO() as output:
            disassemble(self.codeobj, offset, file=output, show_caches=self.show_caches)
            return output.getvalue()


def _main():
    import argparse

    parser = argparse.ArgumentParser()
    parser.add_argument("infile", type=argparse.FileType("rb"), nargs="?", default="-")
    args = parser.parse_args()
    with args.infile as infile:
        source = infile.read()
    dis(compile(source, args.infile.name, "exec"))


if __name__ == "__main__":
    _main()
