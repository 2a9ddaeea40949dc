"""A bank simulation: event sourcing, sagas, rate limits, money, locks, reports."""
import abc, contextlib, enum, functools, itertools, json, operator, random, string, sys, uuid
from collections import Counter, OrderedDict, defaultdict, deque, namedtuple, UserDict, UserList
from datetime import datetime, timedelta, timezone, date, time
from decimal import Decimal, getcontext, ROUND_HALF_EVEN, localcontext

getcontext().prec = 20
random.seed(2024)


class Kind(enum.Enum):
    DEPOSIT = "deposit"
    WITHDRAW = "withdraw"
    TRANSFER = "transfer"

    def __lt__(self, other):
        return self.value < other.value


class BankError(Exception):
    code = "E000"

    def __init_subclass__(cls, code=None, **kw):
        super().__init_subclass__(**kw)
        if code:
            cls.code = code

    def __str__(self):
        return f"[{self.code}] {super().__str__()}"


class InsufficientFunds(BankError, code="E100"):
    def __init__(self, account, needed):
        self.account, self.needed = account, needed
        super().__init__(f"account {account.number} is short of {needed - account.balance:.2f}")


class Frozen(BankError, code="E200"):
    pass


Event = namedtuple("Event", "seq kind amount account when note", defaults=("",))


class Clock:
    def __init__(self, start):
        self.now = start

    def tick(self, **delta):
        self.now += timedelta(**delta)
        return self.now


clock = Clock(datetime(2024, 2, 28, 9, 30, tzinfo=timezone(timedelta(hours=1), "CET")))


def audited(fn):
    @functools.wraps(fn)
    def wrapper(self, *args, **kwargs):
        before = self.balance
        try:
            return fn(self, *args, **kwargs)
        except BankError as e:
            e.add_note(f"balance stayed {before}")
            raise
        finally:
            wrapper.calls[fn.__name__] += 1
    wrapper.calls = Counter()
    return wrapper


class Account:
    _numbers = itertools.count(1001)

    def __init__(self, owner, opening=0):
        self.number = next(self._numbers)
        self.owner = owner
        self._events = deque(maxlen=100)
        self._frozen = False
        if opening:
            self.deposit(opening, "opening")

    @property
    def balance(self):
        return sum((e.amount for e in self._events), Decimal(0))

    def _record(self, kind, amount, note):
        if self._frozen:
            raise Frozen(f"account {self.number} is frozen")
        e = Event(len(self._events) + 1, kind, Decimal(amount).quantize(Decimal("0.01"), ROUND_HALF_EVEN),
            self.number, clock.tick(minutes=7), note)
        self._events.append(e)
        return e

    @audited
    def deposit(self, amount, note=""):
        if Decimal(amount) <= 0:
            raise ValueError("amount must be positive")
        return self._record(Kind.DEPOSIT, amount, note)

    @audited
    def withdraw(self, amount, note="", kind=Kind.WITHDRAW):
        if self.balance < Decimal(amount):
            raise InsufficientFunds(self, Decimal(amount))
        return self._record(kind, -Decimal(amount), note)

    @contextlib.contextmanager
    def frozen(self):
        self._frozen = True
        try:
            yield self
        finally:
            self._frozen = False

    def __repr__(self):
        return f"<{self.owner}#{self.number} {self.balance:,.2f}>"

    def __iter__(self):
        return iter(self._events)


def transfer(src, dst, amount):
    done = []
    try:
        done.append(src.withdraw(amount, f"to {dst.number}", Kind.TRANSFER))
        done.append(dst.deposit(amount, f"from {src.number}"))
    except BankError as e:
        for e2 in reversed(done):
            src.deposit(-e2.amount, "rollback")
        raise RuntimeError("transfer failed") from e


ann, bob = Account("Ann", "100"), Account("Bob")
bob.deposit("50.005")
bob.deposit("0.015")
transfer(ann, bob, "30.10")
print(ann, bob, [e.note for e in ann])
for action in (lambda: ann.withdraw(500), lambda: ann.deposit(-5), lambda: transfer(ann, bob, 1000)):
    try:
        action()
    except BankError as e:
        print(type(e).__name__, e, e.__notes__)
    except (ValueError, RuntimeError) as e:
        print(type(e).__name__, e, "|", e.__cause__)
with bob.frozen():
    try:
        transfer(ann, bob, 5)
    except RuntimeError as e:
        print(e, "|", e.__cause__, "|", ann.balance)
for e in ann:
    print(f"{e.seq:>2} {e.kind.value:<9}{e.amount:>+10} {e.when:%Y-%m-%d %H:%M %Z}",
          f"{e.when.astimezone(timezone.utc).isoformat(timespec='minutes')} {e.note!r}")
print(dict(Account.deposit.calls), Account.withdraw.__name__, sorted(Kind),
    sorted(Counter(e.kind.name for a in (ann, bob) for e in a).items()))


def compound(principal, rate, years, times=12):
    return principal * (1 + Decimal(rate) / times) ** (times * years)


for years in (1, 5, 30):
    print(f"{years:>3}y {compound(Decimal(1000), '0.05', years):>15,.4f}")
with localcontext() as ctx:
    ctx.prec = 5
    print(compound(Decimal(1000), "0.05", 5), Decimal(1) / 3, Decimal("1e3").normalize(),
        Decimal("123.4567").quantize(Decimal("1.00")), Decimal("-0").is_signed())


class LRU(UserDict):
    def __init__(self, size, **kw):
        self.size, self.hits = size, 0
        super().__init__(**kw)

    def __getitem__(self, k):
        v = super().__getitem__(k)
        self.data[k] = self.data.pop(k)
        self.hits += 1
        return v

    def __setitem__(self, k, v):
        super().__setitem__(k, v)
        while len(self.data) > self.size:
            del self.data[next(iter(self.data))]


c = LRU(2, a=1)
c["b"] = 2
c["a"]
c["c"] = 3
print(c, c.hits, "b" in c, c.get("zz", 0), list(c.data.items()))


class Limiter:
    def __init__(self, n, per):
        self.n, self.per, self.stamps = n, per, deque()

    def __call__(self, now):
        while self.stamps and now - self.stamps[0] >= self.per:
            self.stamps.popleft()
        if len(self.stamps) < self.n:
            self.stamps.append(now)
            return True
        return False


lim = Limiter(3, timedelta(seconds=10))
base = datetime(2024, 1, 1)
print("".join("Y" if lim(base + timedelta(seconds=s)) else "n" for s in range(0, 30, 2)))
d1, d2 = date(2024, 1, 31), date(2023, 12, 25)
print(d1 - d2, (d1 - d2) // timedelta(weeks=1), d1.isocalendar(), d1.strftime("%a %d %b %Y week %V day %j"),
    d1.replace(day=1) - timedelta(days=1), max(d1, d2), datetime.combine(d1, time(12, 30)),
        datetime.fromisoformat("2024-03-10T12:00:00+05:30").utcoffset(), timedelta(hours=-1),
            divmod(timedelta(hours=5), timedelta(minutes=90)),
                datetime.strptime("10/Mar/2024:13:55:36 -0700", "%d/%b/%Y:%H:%M:%S %z"), datetime(2024, 1,
                    1) < datetime(2024, 1, 2), timedelta(days=1, seconds=3661).total_seconds(),
                        str(timedelta(days=2, microseconds=5)), datetime.min, date.max)
names = ["".join(random.choices(string.ascii_lowercase, k=5)) for _ in range(6)]
accounts = [Account(n.title(), random.randint(1, 5000)) for n in names]
for _ in range(20):
    a, b = random.sample(accounts, 2)
    with contextlib.suppress(RuntimeError):
        transfer(a, b, Decimal(random.randint(100, 90000)) / 100)
total = sum(a.balance for a in accounts)
print(total, *sorted(accounts, key=operator.attrgetter("balance"), reverse=True), sep="\n")
print(json.dumps({a.owner: {"n": a.number, "b": a.balance,
    "k": Counter(e.kind for e in a).most_common(1)[0][0]} for a in accounts[:2]},
        default=lambda o: o.value if isinstance(o, enum.Enum) else str(o), indent=1))
