"""Dataclasses made, compared, sorted, hashed, replaced and shown."""
from dataclasses import dataclass, field, replace


@dataclass(order=True)
class Item:
    weight: int
    name: str = "item"
    tags: list = field(default_factory=list, compare=False)


@dataclass(frozen=True)
class Key:
    x: int
    y: int


@dataclass
class Account:
    owner: str
    balance: float = 0.0
    history: list = field(default_factory=list)

    def __post_init__(self):
        self.opened = True

    def deposit(self, amount):
        self.balance += amount
        self.history.append(amount)


items = [Item((i * 7919) % 10007, f"n{i % 10}") for i in range(20000)]
items.sort()
equal = sum(a == b for a, b in zip(items, items[1:]))
table = {}
for i in range(40000):
    key = Key(i % 100, i % 7)
    table[key] = table.get(key, 0) + 1
accounts = [Account(str(i)) for i in range(3000)]
for n in range(30):
    for account in accounts:
        account.deposit(n * 0.5)
moved = [replace(item, weight=item.weight + 1) for item in items[:8000]]
print(items[0], items[-1].weight, equal, len(table), sum(table.values()))
print(sum(a.balance for a in accounts), repr(accounts[5]), sum(m.weight for m in moved))
