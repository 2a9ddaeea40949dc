"""Accounts in decimals: prices, taxes and shares rounded to cents, and their sums."""
from decimal import ROUND_HALF_UP, Decimal

CENT, TAX, SHARES = Decimal("0.01"), Decimal("0.0775"), 7
total = taxes = Decimal(0)
largest, parts = Decimal(0), {}
for i in range(150000):
    price = Decimal(f"{i * 7919 % 100000}.{i % 100:02d}")
    tax = (price * TAX).quantize(CENT, rounding=ROUND_HALF_UP)
    if price > largest:
        largest = price
    total += price
    taxes += tax
    share = (price / SHARES).quantize(CENT)
    parts[share] = parts.get(share, 0) + 1
    if not i % 10:
        total -= Decimal(str(tax))
print(total, taxes, largest, len(parts), f"{total:,.2f}", total / 3)
