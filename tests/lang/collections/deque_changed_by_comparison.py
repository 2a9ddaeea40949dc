# What a deque's methods say when the == of an item changes the deque.
from collections import deque


class Changing:
    def __init__(self, owner, result, change):
        self.owner, self.result, self.change = owner, result, change

    def __eq__(self, other):
        self.change(self.owner)
        return self.result


changes = {
    "clear": lambda d: d.clear(),
    "append": lambda d: d.append(1),
    "pop": lambda d: d.pop() if d else None,
    "rotate": lambda d: d.rotate(1),
    "append and pop": lambda d: (d.append(1), d.pop()),
    "extend": lambda d: d.extend([1, 2]),
}
uses = {
    "remove": lambda d: d.remove(99),
    "index": lambda d: d.index(99),
    "count": lambda d: d.count(99),
    "in": lambda d: 99 in d,
    "==": lambda d: d == deque([1, 2, 3, 4]),
    "for": lambda d: [x == 99 for x in d],
}
for use, action in uses.items():
    for change, function in changes.items():
        for result in True, False:
            for place in 0, 3:
                d = deque([1, 2, 3, 4])
                d[place] = Changing(d, result, function)
                try:
                    print(use, change, result, place, action(d), len(d))
                except Exception as e:
                    print(use, change, result, place, type(e).__name__, e, len(d))
