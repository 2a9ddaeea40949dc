"""Accounts, transfers and an audit, with a hierarchy of exceptions and transactions that roll back.

    bank.py [FILE]      a script of commands, the built-in one without FILE (- is standard input)
"""
import sys

SCRIPT = """\
open alice 100
open bob 50 overdraft=25
open alice 5
deposit alice 20.50
withdraw bob 70
withdraw bob 10
transfer alice bob 60.25
transfer alice carol 1
transfer alice bob 1000
freeze bob
deposit bob 5
transfer alice bob 10
unfreeze bob
deposit bob -3
withdraw bob ten
batch transfer alice bob 10; transfer bob alice 5; withdraw alice 1000
batch transfer alice bob 10; transfer bob alice 5
fly away
close bob
withdraw bob 20
close alice
"""


class BankError(Exception):
    """Anything the bank refuses."""


class UnknownAccount(BankError):
    def __init__(self, owner):
        super().__init__(f"no account for {owner}")
        self.owner = owner


class InsufficientFunds(BankError):
    def __init__(self, account, amount):
        self.missing = amount - account.available
        super().__init__(f"{account.owner} lacks {money(self.missing)} to pay {money(amount)}")


class Frozen(BankError):
    pass


class BatchFailed(BankError):
    pass


def money(cents):
    sign = "-" if cents < 0 else ""
    return f"{sign}{abs(cents) // 100}.{abs(cents) % 100:02d}"


def cents(text):
    try:
        amount = round(float(text) * 100)
    except ValueError as error:
        raise BankError(f"not an amount: {text}") from error
    if amount <= 0:
        raise BankError(f"an amount must be positive, not {text}")
    return amount


class Account:
    def __init__(self, owner, balance, overdraft=0):
        self.owner, self.balance, self.overdraft = owner, balance, overdraft
        self.frozen = False
        self.history = []

    @property
    def available(self):
        return self.balance + self.overdraft

    def change(self, amount):
        if self.frozen:
            raise Frozen(f"{self.owner} is frozen")
        if amount < 0 and -amount > self.available:
            raise InsufficientFunds(self, -amount)
        self.balance += amount
        self.history.append(amount)


class Transaction:
    """Restores every balance when its block raises."""

    def __init__(self, bank):
        self.bank = bank

    def __enter__(self):
        self.saved = {a: (a.balance, list(a.history)) for a in self.bank.accounts.values()}
        return self

    def __exit__(self, kind, error, traceback):
        if error is not None:
            for account, (account.balance, account.history) in self.saved.items():
                pass
            self.bank.rolled_back += 1
        return False


class Bank:
    def __init__(self):
        self.accounts = {}
        self.rolled_back = 0

    def __getitem__(self, owner):
        try:
            return self.accounts[owner]
        except KeyError:
            raise UnknownAccount(owner) from None

    def do_open(self, owner, balance, *options):
        if owner in self.accounts:
            raise BankError(f"{owner} has an account")
        settings = dict(option.split("=") for option in options)
        self.accounts[owner] = Account(owner, cents(balance), cents(settings.get("overdraft", "0.01")) - 1)

    def do_deposit(self, owner, amount):
        self[owner].change(cents(amount))

    def do_withdraw(self, owner, amount):
        self[owner].change(-cents(amount))

    def do_transfer(self, source, target, amount):
        with Transaction(self):
            self[source].change(-cents(amount))
            self[target].change(cents(amount))

    def do_freeze(self, owner):
        self[owner].frozen = True

    def do_unfreeze(self, owner):
        self[owner].frozen = False

    def do_close(self, owner):
        if self[owner].balance:
            raise BankError(f"{owner} still holds {money(self[owner].balance)}")
        del self.accounts[owner]

    def do_batch(self, *words):
        commands = [command.strip() for command in " ".join(words).split(";")]
        with Transaction(self):
            for number, command in enumerate(commands, 1):
                try:
                    self.execute(command)
                except BankError as error:
                    raise BatchFailed(f"command {number} of {len(commands)} failed") from error

    def execute(self, line):
        verb, *arguments = line.split()
        action = getattr(self, "do_" + verb, None)
        if action is None:
            raise BankError(f"cannot {verb}")
        action(*arguments)


def main(argv):
    if len(argv) > 1:
        script = (sys.stdin if argv[1] == "-" else open(argv[1])).read()
    else:
        script = SCRIPT
    bank, refused = Bank(), {}
    for line in script.splitlines():
        try:
            bank.execute(line)
        except BankError as error:
            cause = f" (because {error.__cause__})" if error.__cause__ else ""
            print(f"{line:<30.30} {type(error).__name__}: {error}{cause}")
            refused[type(error).__name__] = refused.get(type(error).__name__, 0) + 1
        else:
            total = sum(account.balance for account in bank.accounts.values())
            print(f"{line:<30.30} ok, the bank holds {money(total)}")
        finally:
            assert all(account.available >= 0 for account in bank.accounts.values())
    print("\nrefused:", ", ".join(f"{name} {n}" for name, n in sorted(refused.items())))
    print("rolled back:", bank.rolled_back)
    for account in bank.accounts.values():
        print(f"{account.owner:<6} {money(account.balance):>8}  {' '.join(map(money, account.history))}")


if __name__ == "__main__":
    main(sys.argv)
