"""Lists: append, pop, index, slice, insert, swap."""


def run():
    stack, total = [], 0
    for i in range(3000000):
        stack.append(i)
        if i % 3 == 0:
            total += stack.pop()
    items = list(range(1000))
    for _ in range(3000):
        for i in range(0, 998, 2):
            items[i], items[i + 1] = items[i + 1], items[i]
        items = items[1:] + items[:1]
    queue = []
    for i in range(20000):
        queue.insert(0, i)
        if len(queue) > 50:
            queue.pop()
    return total, sum(stack), items[:5], queue[:3]


print(run())
