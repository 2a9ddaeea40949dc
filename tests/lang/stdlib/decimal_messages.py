# Signals of decimals: what they raise and say, what contexts show.
import copy
import pickle
from decimal import *


def tell(what):
    try:
        print(what, "->", eval(what))
    except Exception as e:
        print(what, "->", type(e).__name__, e, isinstance(e, ArithmeticError))


for case in """\
Decimal('abc')
Decimal(1) / 0
Decimal(0) / 0
divmod(Decimal(5), 0)
5 // Decimal(0)
Decimal(5) % 0
Decimal('Inf') - Decimal('Inf')
Decimal(0) ** 0
Decimal(-1).sqrt()
Decimal(-1).ln()
Decimal('1e30') // 1
Decimal('1e1000000') ** 1000000
Decimal('1').quantize(Decimal('1e-50'))
Decimal('1') + 1.5
Decimal('1') < 'a'
Decimal('sNaN') + 1
Decimal('NaN') < 1
Decimal([1])
Decimal((1, 2))
Decimal((2, (1,), 0))
Decimal((0, (11,), 0))
Decimal((0, (1,), 'x'))
Decimal(b'1')
Decimal(None)
Decimal(1, 2, 3)
Decimal(foo=1)
Decimal.from_float('x')
Decimal('1').compare()
Decimal('1').quantize('a')
Decimal('1').max('a')
Decimal(1).foo
int(Decimal('NaN'))
int(Decimal('Inf'))
round(Decimal('NaN'))
float(Decimal('sNaN'))
hash(Decimal('sNaN'))
format(Decimal('1'), 'zz')
Context(prec=0)
Context(prec='x')
Context(rounding='x')
Context(Emin=5)
Context(clamp=3)
setcontext(1)
localcontext(1)
setattr(getcontext(), 'foo', 1)
delattr(getcontext(), 'prec')
getcontext()
getcontext().flags
Context(prec=5, traps=[Overflow], flags=[Clamped])
copy.copy(ExtendedContext), pickle.loads(pickle.dumps(BasicContext))
round(Decimal('2.675'), 2), round(Decimal('2.5'))
f"{Decimal('1234567.891'):,.2f} {Decimal('0.00001'):e} {Decimal('12'):>10}"\
""".splitlines():
    tell(case)

with localcontext() as c:
    c.traps[Inexact] = True
    tell("Decimal(1) / 3")
    c.traps[FloatOperation] = True
    tell("Decimal(1.5)")
    tell("Decimal(1) < 1.5")
    print(c.traps)
with localcontext(prec=3) as c:
    print(Decimal(1) / 3, c.flags[Inexact], c.flags[Rounded], c.flags[Clamped])
    c.clear_flags()
    print(c.flags)
    c.traps = dict.fromkeys(c.traps, False)
    print(c.traps, Decimal(1) / 0, Decimal("x"))
