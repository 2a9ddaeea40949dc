"""Event-sourced bank ledger with snapshots, projections and replay."""
from __future__ import annotations

import dataclasses
import enum
import itertools
import json
from collections import defaultdict
from datetime import datetime, timedelta, timezone
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any, Callable, ClassVar, Generic, Iterator, Protocol, TypeVar, runtime_checkable

E = TypeVar("E", bound="Event")


class Kind(str, enum.Enum):
    OPENED = "opened"
    DEPOSITED = "deposited"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"

    @property
    def past(self) -> str:
        return f"was {self.value}"


@dataclasses.dataclass(frozen=True, order=True, slots=True)
class Event:
    sequence: int
    kind: Kind = dataclasses.field(compare=False)
    account: str = dataclasses.field(compare=False)
    amount: Decimal = dataclasses.field(default=Decimal("0"), compare=False)
    at: datetime = dataclasses.field(default=datetime(2024, 1, 1, tzinfo=timezone.utc), repr=False,
        compare=False)

    def to_json(self) -> str:
        return json.dumps(dataclasses.asdict(self), default=str, sort_keys=True)


@runtime_checkable
class Projection(Protocol):
    def apply(self, event: Event) -> None: ...


class Balances:
    handlers: ClassVar[dict[Kind, Callable[[Balances, Event], None]]] = {}

    def __init__(self) -> None:
        self.totals: defaultdict[str, Decimal] = defaultdict(Decimal)

    @classmethod
    def on(cls, kind: Kind):
        def register(function):
            cls.handlers[kind] = function
            return function
        return register

    def apply(self, event: Event) -> None:
        self.handlers.get(event.kind, lambda *_: None)(self, event)


@Balances.on(Kind.DEPOSITED)
def _deposit(state: Balances, event: Event) -> None:
    state.totals[event.account] += event.amount


@Balances.on(Kind.WITHDRAWN)
def _withdraw(state: Balances, event: Event) -> None:
    if state.totals[event.account] < event.amount:
        error = ValueError(f"overdraft on {event.account}")
        error.add_note(f"event {event.sequence}: {event.amount:,.2f} of {state.totals[event.account]:,.2f}")
        raise error
    state.totals[event.account] -= event.amount


class Store(Generic[E]):
    def __init__(self) -> None:
        self._events: list[E] = []
        self._next = itertools.count(1)
        self._projections: list[Projection] = []

    def subscribe(self, projection: Projection) -> None:
        if not isinstance(projection, Projection):
            raise TypeError(f"{type(projection).__name__} is no Projection")
        self._projections.append(projection)

    def emit(self, kind: Kind, account: str, amount: str | int = 0) -> Event:
        number = next(self._next)
        event = Event(number, kind, account, Decimal(amount),
                      datetime(2024, 1, 1, 9, tzinfo=timezone.utc) + timedelta(hours=7 * number))
        for projection in self._projections:
            projection.apply(event)
        self._events.append(event)
        return event

    def __iter__(self) -> Iterator[E]:
        return iter(self._events)

    def between(self, low: int, high: int) -> list[E]:
        return [e for e in self if low <= e.sequence <= high]


store: Store[Event] = Store()
balances = Balances()
store.subscribe(balances)
try:
    store.subscribe(object())
except TypeError as e:
    print(e)
script: list[tuple[Any, ...]] = [
    (Kind.OPENED, "ann"), (Kind.OPENED, "bob"), (Kind.DEPOSITED, "ann", "100.10"), (Kind.DEPOSITED, "bob",
        50),
    (Kind.WITHDRAWN, "ann", "33.333"), (Kind.WITHDRAWN, "bob", 60), (Kind.CLOSED, "bob"),
]
for step in script:
    try:
        event = store.emit(*step)
        print(event, event.kind.past)
    except ValueError as e:
        print("refused:", e, e.__notes__)
print({k: str(v.quantize(Decimal("0.01"), ROUND_HALF_EVEN)) for k, v in balances.totals.items()})
for event in store.between(2, 5):
    print(event.to_json())
print(sorted(store, reverse=True)[0], max(store) == min(store), len({e.kind for e in store}))
print(dataclasses.replace(next(iter(store)), account="zoe"))
try:
    next(iter(store)).amount = 3
except dataclasses.FrozenInstanceError as e:
    print(type(e).__name__, e)
print(Store.__orig_bases__, Store[Event], Event.__slots__, Event.__match_args__)
print([f.name for f in dataclasses.fields(Event) if f.compare], Kind("closed"), Kind.OPENED == "opened",
    f"{Kind.OPENED}", str(Kind.OPENED))
