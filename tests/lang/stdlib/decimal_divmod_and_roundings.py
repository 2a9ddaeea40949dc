# divmod of an int by a Decimal, and by a context; what is no rounding and no context is refused as such.
from decimal import Context, Decimal, InvalidOperation, ROUND_DOWN, ROUND_UP, localcontext


def show(label, function, *args, **kwargs):
    try:
        print(label, repr(function(*args, **kwargs)))
    except Exception as e:
        print(label, type(e).__name__, str(e).splitlines()[0], isinstance(e, InvalidOperation))


values = Decimal("7.5"), Decimal("-2"), Decimal(0), Decimal("NaN"), Decimal("-Infinity"), 3, -7, 0, True, 10**30
for a in values:
    for b in values:
        if isinstance(a, Decimal) or isinstance(b, Decimal):
            show(f"{a} {b}", divmod, a, b)
        show(f"context {a} {b}", Context(prec=3).divmod, a, b)
for other in 2.5, "3", None, 1j, [1]:
    show("by", divmod, Decimal(3), other)
    show("of", divmod, other, Decimal(3))
    show("context", Context().divmod, other, Decimal(3))
    show("context", Context().divmod, Decimal(3), other)
with localcontext() as context:
    context.traps[InvalidOperation] = False
    show("untrapped", divmod, 3, Decimal(0))


class Money(Decimal):
    pass


show("subclass", divmod, 7, Money(2))
show("subclass", divmod, Money(7), 2)

d = Decimal("7.125")
for name in "to_integral", "to_integral_value", "to_integral_exact":
    method = getattr(d, name)
    for args in (), (ROUND_UP,), (None,), ("ROUND_NONE",), (3,), (d,), (ROUND_DOWN, None), (ROUND_DOWN, Context()), (ROUND_DOWN, 5), (5, 5):
        show(name, method, *args)
    show(name, method, rounding=ROUND_UP, context=Context())
    show(name, method, rounding="UP")
    show(name, method, context=3)
for args in (Decimal("0.1"), "UP"), (Decimal("0.1"), 3), (3, ROUND_UP), (Decimal("0.01"), None, None), (Decimal("0.01"), ROUND_UP, 3), (d, d), (2.5,):
    show("quantize", d.quantize, *args)
for argument in None, Context(prec=3), 3, d, "x":
    show("sqrt", d.sqrt, argument)
show("sqrt", d.sqrt, context=Context(prec=2))
show("prec", Context, prec=True)
