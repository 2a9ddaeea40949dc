"""Constraints propagated through a graph of objects, with dictionaries of sets."""


class Variable:
    def __init__(self, name, value=0):
        self.name, self.value, self.users = name, value, []
        self.stamp = 0


class Constraint:
    def __init__(self, inputs, output, function):
        self.inputs, self.output, self.function = inputs, output, function
        for variable in inputs:
            variable.users.append(self)

    def execute(self):
        self.output.value = self.function(*[v.value for v in self.inputs])


def plan(start):
    order, seen, todo = [], set(), [start]
    while todo:
        variable = todo.pop(0)
        for constraint in variable.users:
            if constraint not in seen:
                seen.add(constraint)
                order.append(constraint)
                todo.append(constraint.output)
    return order


def chain(n):
    variables = [Variable("v%d" % i) for i in range(n + 1)]
    for a, b in zip(variables, variables[1:]):
        Constraint([a], b, lambda x: x + 1)
    return variables


def run():
    variables = chain(3000)
    total = 0
    for round_ in range(150):
        variables[0].value = round_
        for constraint in plan(variables[0]):
            constraint.execute()
        total += variables[-1].value
    scale, offset, sources = Variable("scale", 10), Variable("offset", 1000), []
    for i in range(1500):
        source, target = Variable("s%d" % i, i), Variable("t%d" % i)
        Constraint([source, scale, offset], target, lambda x, s, o: x * s + o)
        sources.append((source, target))
    for factor in range(150):
        scale.value = factor
        for constraint in plan(scale):
            constraint.execute()
        total += sum(target.value for _, target in sources)
    return total


print(run())
