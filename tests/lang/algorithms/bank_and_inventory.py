# Classes that work together.
class InsufficientFunds(Exception):
    def __init__(self, need, have): super().__init__(f"need {need}, have {have}"); self.need, self.have = need, have
class Account:
    _next = 1
    def __init__(self, owner, balance=0): self.owner, self._b, self.id = owner, balance, Account._next; Account._next += 1; self.log = []
    @property
    def balance(self): return self._b
    def deposit(self, n):
        if n <= 0: raise ValueError("deposit must be positive")
        self._b += n; self.log.append(("+", n)); return self
    def withdraw(self, n):
        if n > self._b: raise InsufficientFunds(n, self._b)
        self._b -= n; self.log.append(("-", n)); return self
    def __repr__(self): return f"<{self.owner}: {self._b}>"
    def __lt__(self, o): return self._b < o._b
class Savings(Account):
    rate = 0.1
    def interest(self): return self.deposit(round(self._b * self.rate))
a, b = Account("ann", 100), Savings("bob", 50)
a.deposit(50).withdraw(30); b.interest().interest(); print(a, b, sorted([a, b]), a.log, b.log, a.id < b.id)
for f in (lambda: a.withdraw(1000), lambda: a.deposit(-5), lambda: setattr(a, "balance", 1), lambda: a.interest()):
    try: f()
    except (InsufficientFunds, ValueError, AttributeError) as e: print(type(e).__name__, e)
class Inventory:
    def __init__(self): self.items = {}
    def __setitem__(self, k, n): self.items[k] = n
    def __getitem__(self, k): return self.items.get(k, 0)
    def __iadd__(self, o):
        for k, n in o.items(): self[k] += n
        return self
    def __contains__(self, k): return self[k] > 0
    def __iter__(self): return iter(sorted(self.items.items()))
    def __len__(self): return sum(self.items.values())
i = Inventory(); i["apple"] = 3; i += {"pear": 2, "apple": 1}; i["fig"] += 0; print(list(i), len(i), "apple" in i, "fig" in i, dict(i), max(i, key=lambda kv: kv[1]))
