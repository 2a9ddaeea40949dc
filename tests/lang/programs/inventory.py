"""Inventory management with dataclasses, enums and decimal money."""
from __future__ import annotations
import json
from collections import defaultdict
from dataclasses import (dataclass, field, asdict, astuple, replace, fields, FrozenInstanceError, make_dataclass, KW_ONLY,
                         InitVar)
from datetime import date, timedelta
from decimal import Decimal, ROUND_HALF_UP, InvalidOperation
from enum import Enum, auto, IntFlag, unique, StrEnum
from typing import ClassVar, Iterator, Optional


class Category(Enum):
    TOOLS = auto()
    FOOD = auto()
    BOOKS = "books"

    @property
    def tax(self) -> Decimal:
        return {Category.TOOLS: Decimal("0.20"), Category.FOOD: Decimal("0.05")}.get(self, Decimal("0.10"))


class Perm(IntFlag):
    READ = 4
    WRITE = 2
    EXEC = 1
    ALL = READ | WRITE | EXEC


class Level(StrEnum):
    LOW = auto()
    HIGH = auto()


@dataclass(order=True, frozen=True)
class Money:
    amount: Decimal
    currency: str = "EUR"

    def __post_init__(self):
        object.__setattr__(self, "amount", Decimal(self.amount).quantize(Decimal("0.01"), ROUND_HALF_UP))

    def __add__(self, other: Money) -> Money:
        if not isinstance(other, Money):
            return NotImplemented
        if other.currency != self.currency:
            raise ValueError(f"cannot add {other.currency} to {self.currency}")
        return Money(self.amount + other.amount, self.currency)

    def __str__(self):
        return f"{self.amount:>10,.2f} {self.currency}"


@dataclass
class Item:
    name: str
    price: Money
    quantity: int = 0
    category: Category = Category.TOOLS
    tags: list[str] = field(default_factory=list, repr=False, compare=False)
    seen: InitVar[Optional[bool]] = None
    _: KW_ONLY
    expires: Optional[date] = None
    count: ClassVar[int] = 0

    def __post_init__(self, seen):
        Item.count += 1
        if seen:
            self.tags.append("seen")

    @property
    def total(self) -> Money:
        return Money(self.price.amount * self.quantity, self.price.currency)


class Inventory:
    def __init__(self):
        self._items: dict[str, Item] = {}
        self._log = []

    def add(self, item: Item) -> None:
        if item.name in self._items:
            raise KeyError(item.name)
        self._items[item.name] = item
        self._log.append(("add", item.name))

    def __iter__(self) -> Iterator[Item]:
        yield from sorted(self._items.values(), key=lambda i: (i.category.name, i.name))

    def __len__(self):
        return len(self._items)

    def __contains__(self, name):
        return name in self._items

    def __getitem__(self, name):
        return self._items[name]

    def by_category(self):
        groups = defaultdict(list)
        for item in self:
            groups[item.category].append(item)
        return groups


inv = Inventory()
inv.add(Item("hammer", Money("12.505"), 3))
inv.add(Item("apple", Money("0.333"), 100, Category.FOOD, ["fruit"], expires=date(2024, 2,
    28) + timedelta(days=2)))
inv.add(Item("novel", Money(Decimal("9.99")), 7, Category.BOOKS, seen=True))
for item in inv:
    print(item, item.total, item.tags)
print(len(inv), "apple" in inv, Item.count)
for cat, items in inv.by_category().items():
    total = sum((i.total for i in items), Money(0))
    print(f"{cat.name:<8}{cat.value!s:<8}{total} tax {total.amount * cat.tax:.2f} {cat!r}")
try:
    inv.add(Item("hammer", Money(1)))
except KeyError as e:
    print("KeyError", e)
try:
    inv["apple"].price.amount = 5
except FrozenInstanceError as e:
    print(type(e).__name__, e)
try:
    Money(1) + Money(1, "USD")
except ValueError as e:
    print(e)
try:
    Money(1) + 5
except TypeError as e:
    print(e)
try:
    Money("abc")
except InvalidOperation as e:
    print("bad", e)
print(sorted([Money(3), Money(1), Money(2, "USD")]))
print(replace(inv["novel"], quantity=1, seen=False), hash(Money(1)) == hash(Money("1.00")))
print([f.name for f in fields(Item)], asdict(inv["novel"])["price"], astuple(Money(2)))
print(Perm.READ | Perm.WRITE, Perm(7), Perm(5), ~Perm.READ, Perm.ALL & Perm.EXEC, repr(Perm(0)),
    Perm.READ in Perm.ALL)
print(Level.LOW, repr(Level.HIGH), f"{Level.LOW:>6}", Level("high") is Level.HIGH, list(Category),
    Category["FOOD"], Category(1))
try:
    Category("nope")
except ValueError as e:
    print(e)
try:
    @unique
    class Dup(Enum):
        A = 1
        B = 1
except ValueError as e:
    print(e)
Point = make_dataclass("Point", [("x", int), ("y", int, field(default=5))], frozen=True,
    namespace={"norm": lambda s: s.x + s.y})
print(Point(1), Point(1).norm(), Point(1) == Point(1, 5))
try:
    Point()
except TypeError as e:
    print(e)
try:
    @dataclass
    class Bad:
        x: list = []
except ValueError as e:
    print(e)
try:
    @dataclass
    class Bad2:
        x: int = 1
        y: int
except TypeError as e:
    print(e)
print(json.dumps({i.name: {"qty": i.quantity, "price": str(i.price.amount),
    "exp": i.expires.isoformat() if i.expires else None} for i in inv}, indent=2, sort_keys=True))
