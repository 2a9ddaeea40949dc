# finally with return, break, continue, raise and yields.
log = []
def f1():
    try: return log.append("try") or 1
    finally: log.append("fin")
def f2():
    for i in range(3):
        try:
            if i == 1: continue
            log.append(i)
        finally: log.append("f%d" % i)
    return "end"
def f3():
    for i in range(3):
        try: return i
        finally: continue
    return "loop done"
def f4():
    try:
        try: raise ValueError
        finally: log.append("a")
    except ValueError: log.append("b")
    finally: log.append("c")
def f5():
    while True:
        try:
            try: break
            finally: log.append("x")
        finally: log.append("y")
    return "broke"
def f6():
    try: raise ValueError("lost")
    finally:
        try: raise KeyError("inner")
        except KeyError: log.append("handled")
def f7(n):
    try:
        if n == 0: return "zero"
        if n == 1: raise ValueError
        if n == 2: n / 0
    except ValueError: return "value"
    else: return "else"
    finally: log.append(("n", n))
def f8():
    try: return [log.append("evaluated"), "v"][1]
    finally: log.clear()
def f9():
    x = []
    try: return x
    finally: x.append("mutated")
def f10():
    for _ in (1, 2):
        try:
            for _ in (1, 2):
                try: return "deep"
                finally: log.append("in")
        finally: log.append("out")
def f11():
    def g():
        try: yield 1; yield 2
        finally: log.append("gen closed")
    for v in g(): return v
for f in (f1, f2, f3, f4, f5, f8, f9, f10, f11):
    print(f.__name__, f(), log); log.clear()
for n in range(4):
    try: print(n, f7(n))
    except ZeroDivisionError as e: print(n, e)
try: f6()
except ValueError as e: print(repr(e), log)
i = 0
while i < 3:
    try:
        i += 1
        if i == 2: break
    finally: print("loop finally", i)
else: print("not here")
def nest():
    try:
        try:
            try: 1 / 0
            finally: print(1)
        finally: print(2)
    finally: print(3); return "swallowed"
print(nest())
