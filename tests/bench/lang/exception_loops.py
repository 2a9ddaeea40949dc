"""Exceptions as flow: raised and caught at several depths, else, finally, custom classes, chains, KeyError, StopIteration."""


class Broken(Exception):
    def __init__(self, code, text=""):
        super().__init__(text)
        self.code = code


class Worse(Broken):
    pass


def deep(n, code):
    if n == 0:
        raise (Worse if code % 3 == 0 else Broken)(code, "at the bottom")
    try:
        return deep(n - 1, code)
    finally:
        deep.unwound += 1


deep.unwound = 0
table = {i: i for i in range(0, 100, 2)}


def look(i):
    try:
        return table[i % 100]
    except KeyError as e:
        return -e.args[0]
    else:
        return 0


def number(text):
    try:
        return int(text)
    except ValueError:
        return None


def chained(i):
    try:
        try:
            raise Broken(i)
        except Broken as e:
            raise RuntimeError("second") from e
    except RuntimeError as e:
        return e.__cause__.code


def first(items):
    it = iter(items)
    try:
        return next(it)
    except StopIteration:
        return None


total = 0
for i in range(70000):
    total += look(i) + (number("12" if i % 2 else "x1") or 0) + (first([]) or 1)
    try:
        None.attribute
    except AttributeError:
        total += 1
for i in range(16000):
    try:
        deep(5, i)
    except Worse as e:
        total += e.code
    except Broken as e:
        total -= e.code
    total += chained(i)
    for k in range(3):
        try:
            if k == 2:
                break
            continue
        finally:
            total += k
print(total, deep.unwound)
