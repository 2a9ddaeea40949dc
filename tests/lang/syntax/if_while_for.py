# Control statements with their else clauses.
def classify(n):
    if n < 0:
        return "negative"
    elif n == 0:
        return "zero"
    elif n < 10:
        return "small"
    else:
        return "large"
print([classify(n) for n in (-1, 0, 5, 50)])
i = 0
while i < 5:
    i += 1
    if i == 2:
        continue
    if i == 4:
        break
    print("while", i)
else:
    print("never")
while i > 0:
    i -= 1
else:
    print("while else", i)
for x in range(3):
    for y in range(3):
        if y == x:
            break
        print(x, y)
    else:
        print("no break", x)
else:
    print("outer else")
for i, (a, *b) in enumerate([(1, 2, 3), "xyz", [9]]):
    print(i, a, b)
for x in []:
    pass
else:
    print("empty else")
for i in range(3): pass
print("i stays", i)
class Box: pass
box = Box(); lst = [0, 0]
for box.value in range(3): pass
for lst[1] in "abc": pass
print(box.value, lst)
while True:
    try:
        break
    finally:
        print("finally on break")
for n in (1, 2):
    try:
        continue
    finally:
        print("finally on continue", n)
def find(items, wanted):
    for i, item in enumerate(items):
        if item == wanted:
            return i
    else:
        return None
print(find("abc", "c"), find("abc", "z"))
if 0: pass
elif []: pass
elif "": pass
elif {}: pass
elif 0.0: pass
else: print("all false")
