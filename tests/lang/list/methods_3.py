# Every list method and its errors.
l = [3, 1, 2]
l.append(4)
l.extend("ab")
l.extend(x for x in (5,))
l += (6,)
l.insert(0, 0)
l.insert(100, 9)
l.insert(-1, 8)
l.insert(-100, -1)
l.reverse()
l.clear()
l = [3, 1, 2]
l.sort()
l.sort(reverse=True)
l.sort(key=lambda x: -x)
for st in (
    "list(1)",
    "list(1, 2)",
    "list(x=1)",
    "hash(l)",
    "l == 1",
    "l != 1",
    "[1] < ['a']",
    "[1, 'a'] < [1, 2]",
    "l * -1",
    "l * True",
    "l * 10**20",
    "[] * 10**20",
    "l.__getitem__('a')",
    "l.copy(1)",
    "-l",
    "l()",
):
    try: print(st, "=", eval(st))
    except Exception as e: print(st, "->", type(e).__name__, e)
for st in ("l[10] = 1", "l['a'] = 1", "del l[10]", "del l['a']", "l += 5", "l += None", "l *= 'a'", "l *= 1.5", "l[0:1] = 5", "l[::2] = [1, 2, 3, 4]", "l[::-1] = []", "del l[::0]", "l[::0] = []", "l.x = 1", "l -= [1]", "l[:'a'] = []"):
    try: exec(st); print(st, l)
    except Exception as e: print(st, "->", type(e).__name__, e)
print(sorted(m for m in dir(list) if not m.startswith("_")))
