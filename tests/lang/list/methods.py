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
print(l, len(l), l.count(1), l.index("a"), l.index(2, 2), l.index(9, -3))
print(l.pop(), l.pop(0), l.pop(-2), l.remove("a"), l.remove(4), l, l.copy() == l, l.copy() is l)
l.reverse()
print(l)
l.clear()
print(l, bool(l))
l = [3, 1, 2]
l.sort()
print(l)
l.sort(reverse=True)
print(l)
l.sort(key=lambda x: -x)
print(l, sorted(l, key=str))
for st in (
    "l.append()",
    "l.append(1, 2)",
    "l.extend(5)",
    "l.extend(None)",
    "l.insert(1)",
    "l.insert('a', 1)",
    "l.insert(1.0, 1)",
    "l.pop('a')",
    "l.pop(10)",
    "l.pop(-10)",
    "[].pop()",
    "l.remove(99)",
    "l.index(99)",
    "l.index(1, 'a')",
    "l.index(3, 1, 1)",
    "l.sort(1)",
    "l.sort(key=1)",
    "l.sort(foo=1)",
):
    try: print(st, "=", eval(st))
    except Exception as e: print(st, "->", type(e).__name__, e)
l.reverse()
l.clear()
l = [3, 1, 2]
l.sort()
l.sort(reverse=True)
l.sort(key=lambda x: -x)
for st in (
    "l.sort(reverse='x')",
    "l.count()",
    "l.reverse(1)",
    "l.nope()",
    "l.clear(1)",
    "l + 1",
    "l + (1,)",
    "1 + l",
    "l * 1.5",
    "l * 'a'",
    "l - l",
    "l < 1",
    "l['a']",
    "l[1.0]",
    "l[None]",
    "l[1, 2]",
    "l[10]",
    "l[-10]",
):
    try: print(st, "=", eval(st))
    except Exception as e: print(st, "->", type(e).__name__, e)
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
