# Names of types are cut in messages, to a length that depends on the message.
T = type("X" * 300, (), {})
x = T()


def show(text):
    try:
        exec(text)
    except Exception as e:
        words = [w if "XXX" not in w else w.replace("X" * w.count("X"), "X*%d" % w.count("X")) for w in str(e).split()]
        print(text, "->", type(e).__name__, *words)


for line in """x.a
del x.a
T.a
x + 1
x < 1
-x
x[0]
x[0] = 1
len(x)
iter(x)
1 in x
a, b = x
x()
int(x)
float(x)
range(x)
[][x]
{**x}
print(*x)
print(**x)
with x: pass
'%d' % x
format(x, 'd')
'a'.replace(x, 1)
'a'.encode(x)
T(1)
str.upper(x)
int.__add__(x, 1)
pow(x, 1, 2)
x += 1
super(x)
'a' * x
T.__name__ = x
x.__class__ = x
T.__class__ = x
b''.join([x])
raise x
isinstance(1, x)
for i in x: pass""".splitlines():
    show(line)
E_ = type("\u00e9" * 150, (), {})
try:
    E_() + 1
except TypeError as e:
    print(e)
try:
    type("x" + "\u00e9" * 150, (), {})()()
except TypeError as e:
    print(ascii(str(e)))
