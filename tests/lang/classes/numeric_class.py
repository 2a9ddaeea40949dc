# A complete number class.
class Money:
    def __init__(self, c): self.c = c
    def __repr__(self): return f"${self.c // 100}.{self.c % 100:02d}"
    def __add__(self, o): return Money(self.c + o.c) if isinstance(o, Money) else NotImplemented
    def __radd__(self, o): return self if o == 0 else NotImplemented
    def __sub__(self, o): return Money(self.c - o.c)
    def __mul__(self, n): return Money(round(self.c * n))
    __rmul__ = __mul__
    def __truediv__(self, o): return self.c / o.c if isinstance(o, Money) else Money(round(self.c / o))
    def __floordiv__(self, n): return Money(self.c // n)
    def __mod__(self, o): return Money(self.c % o.c)
    def __divmod__(self, o): return self.c // o.c, Money(self.c % o.c)
    def __neg__(self): return Money(-self.c)
    def __abs__(self): return Money(abs(self.c))
    def __bool__(self): return self.c != 0
    def __eq__(self, o): return isinstance(o, Money) and self.c == o.c
    def __lt__(self, o): return self.c < o.c
    def __le__(self, o): return self.c <= o.c
    def __hash__(self): return hash(self.c)
    def __int__(self): return self.c // 100
    def __float__(self): return self.c / 100
    def __round__(self, n=0): return Money(round(self.c, -2))
    def __iadd__(self, o): self.c += o.c; return self
a, b = Money(1050), Money(299)
print(a + b, a - b, a * 2, 3 * b, a / 3, a / b, a // 4, a % b, divmod(a, b), -a, abs(-b), bool(Money(0)), a > b, a >= b, a == Money(1050), sum([a, b]), max(a, b), sorted([a, b]), int(a), float(b), round(b), {a: 1}[Money(1050)])
x = a; x += b; print(x, a is x)
for e in ("a + 1", "1 + a", "a < 5", "a + 'x'", "a ** 2"):
    try: print(eval(e))
    except (TypeError, AttributeError) as ex: print(e, "->", type(ex).__name__, ex)
