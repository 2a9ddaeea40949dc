"""Names at module level in loops: found, replaced, deleted, hidden and shown again, and grown in place."""
import builtins

total = 0
for i in range(20):
    total = total + i
    if i == 10:
        extra = "new"          # another key: places may move
    if i == 15:
        del extra
print(total, "extra" in globals())

for i in range(12):
    if i == 6:
        len = lambda x: "hidden"
    if i == 9:
        del len
    print(len("abc"), end=" ")
print()

for i in range(8):
    if i == 5:
        builtins.fresh = "from builtins"
    try:
        print(fresh, end=" ")
    except NameError as e:
        print(e, end=" ")
print()
del builtins.fresh
try:
    for i in range(3):
        fresh
except NameError as e:
    print(e)

for i in range(10):
    globals()["through_dict"] = i
    if i > 2:
        through_dict = through_dict + 100
        print(globals()["through_dict"], end=" ")
print()


class Body:
    total = 0
    for i in range(10):
        total = total + i
    kept = [total]


print(Body.total, Body.i, total)

code = compile("for k in range(10): value = k * scale\nresult = value", "<code>", "exec")
for scale in (2, 3):
    space = {"scale": scale}
    exec(code, space)
    print(space["result"], end=" ")
    outer, inner = {"scale": 100}, {"scale": scale}
    exec(code, outer, inner)
    print(inner["result"], "result" in outer, end=" ")
print()


class Recorder(dict):
    def __setitem__(self, key, value):
        log.append((key, value))
        super().__setitem__(key, value)

    def __missing__(self, key):
        log.append(key)
        raise KeyError(key)


log = []
exec("for n in range(4): m = n + one", {"one": 1}, Recorder())
print(log)


def use_globals():
    global counter, label
    counter, label = 0, ""
    for i in range(30):
        counter = counter + 1
        label += chr(97 + i % 26)
        if i == 20:
            globals()["another_key"] = 1
    return counter, label


print(use_globals(), counter, label)

# strings that grow
text, seen = "", []
for i in range(30):
    text += "ab"
    if i % 10 == 0:
        seen.append(text)
print(text, seen, len(text))
text = "x" * 20
alias = text
for i in range(20):
    text += "y"
    if i == 10:
        keys = {text: 1}
print(alias, text, keys, text in keys)


class Buffer:
    def __init__(self):
        self.text = ""

    def fill(self, n):
        for i in range(n):
            self.text += str(i)
            if i == 9:
                self.saved = self.text
        return self.text


b = Buffer()
print(b.fill(20), b.saved, b.text)


def closure():
    s = "<"

    def add(n):
        nonlocal s
        for i in range(n):
            s += str(i)
            if i == 5:
                copies.append(s)
        return s
    return add


copies = []
print(closure()(20), copies)
n = 0
while n < 30:
    n += 1
    if n == 12:
        continue
    last = n
print(n, last)
