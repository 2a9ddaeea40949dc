# Which names a pattern binds, also when it fails; control flow inside cases.
def f(x):
    a = b = c = "unset"
    match x:
        case [a, 1]: pass
        case [b, c] if c == 2: pass
        case _: return "none", a, b, c
    return a, b, c
print(f([5, 1]), f([5, 2]), f([5, 3]), f(0))
def loop(items):
    out = []
    for i in items:
        match i:
            case 0: continue
            case 9: break
            case int(): out.append(i)
            case str(s): out.append(s.upper())
    else: out.append("end")
    return out
print(loop([1, 0, "a", 2]), loop([1, 9, 5]))
def ret(x):
    match x:
        case 1: return "one"
        case 2:
            match x:
                case 2: return "nested two"
    return "fell"
print(ret(1), ret(2), ret(3))
def gen(x):
    match x:
        case [a, *rest]: yield a; yield from gen(rest)
print(list(gen([1, 2, 3])))
match (lambda: [1, {"k": (2, 3)}])():
    case [one, {"k": (two, three)}]: print(one, two, three)
class C:
    match 5:
        case attr: pass
print(C.attr)
def glob():
    global g1
    match 7:
        case g1: pass
glob(); print(g1)
def nl():
    v = 0
    def inner():
        nonlocal v
        match "x":
            case v: pass
    inner(); return v
print(nl())
try:
    match undefined_name:
        case _: pass
except NameError as e: print(e)
try:
    match 1:
        case x if x / 0: pass
except ZeroDivisionError as e: print(e, x)
match 1:
    case int(real=r, imag=i): print(r, i)
match "abc", 5:
    case str() as s, int() as n if len(s) < n: print(s, n)
