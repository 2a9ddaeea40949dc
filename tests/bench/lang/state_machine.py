"""Interpreters in Python: a bytecode machine by if chains and by a table of methods, a tokenizer, an enum of states."""
from enum import Enum, IntEnum


class Op(IntEnum):
    PUSH, ADD, SUB, MUL, JNZ, DUP, SWAP, STORE, LOAD, HALT = range(10)


class State(Enum):
    START = 1
    NUMBER = 2
    NAME = 3


PUSH, ADD, SUB, MUL, JNZ, DUP, SWAP, STORE, LOAD, HALT = range(10)


def run(code):
    stack, names, pc = [], {}, 0
    while True:
        op, arg = code[pc]
        pc += 1
        if op == PUSH:
            stack.append(arg)
        elif op == ADD:
            b = stack.pop()
            stack[-1] += b
        elif op == SUB:
            b = stack.pop()
            stack[-1] -= b
        elif op == MUL:
            b = stack.pop()
            stack[-1] = stack[-1] * b % 1000003
        elif op == JNZ:
            if stack.pop():
                pc = arg
        elif op == DUP:
            stack.append(stack[-1])
        elif op == STORE:
            names[arg] = stack.pop()
        elif op == LOAD:
            stack.append(names[arg])
        else:
            return names


class Machine:
    def __init__(self, code):
        self.code, self.stack, self.names, self.pc = code, [], {}, 0
        self.table = {PUSH: self.push, ADD: self.add, SUB: self.sub, MUL: self.mul, JNZ: self.jnz, STORE: self.store,
                      LOAD: self.load}

    def push(self, arg): self.stack.append(arg)
    def add(self, arg): self.stack.append(self.stack.pop() + self.stack.pop())
    def sub(self, arg): self.stack.append(-self.stack.pop() + self.stack.pop())
    def mul(self, arg): self.stack.append(self.stack.pop() * self.stack.pop() % 1000003)
    def store(self, arg): self.names[arg] = self.stack.pop()
    def load(self, arg): self.stack.append(self.names[arg])

    def jnz(self, arg):
        if self.stack.pop():
            self.pc = arg

    def run(self):
        while self.code[self.pc][0] != HALT:
            op, arg = self.code[self.pc]
            self.pc += 1
            self.table[op](arg)
        return self.names


def tokens(text):
    state, start = State.START, 0
    for i, c in enumerate(text + " "):
        if state is State.NUMBER and not c.isdigit():
            yield int(text[start:i])
            state = State.START
        elif state is State.NAME and not c.isalnum():
            yield text[start:i]
            state = State.START
        if state is State.START:
            if c.isdigit():
                state, start = State.NUMBER, i
            elif c.isalpha():
                state, start = State.NAME, i
            elif c in "+-*/()=":
                yield c


code = [(PUSH, 1), (STORE, "x"), (PUSH, 30000), (STORE, "n"),
        (LOAD, "x"), (LOAD, "n"), (MUL, 0), (PUSH, 7), (ADD, 0), (STORE, "x"),
        (LOAD, "n"), (PUSH, 1), (SUB, 0), (STORE, "n"), (LOAD, "n"), (JNZ, 4), (HALT, 0)]
print(run(code), Machine(code).run())
print(sum(1 for _ in tokens("total = alpha1 * (42 + beta) - 7 / gamma " * 2500)))
print(sum(Op(i % 10) is Op.ADD for i in range(30000)), sum(int(o) for o in list(Op) * 2000), Op.MUL.name)
