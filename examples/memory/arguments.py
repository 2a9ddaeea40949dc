"""Names and arguments are references: a call shares its objects, and only what can change shows it."""
x = 42
y = x
print("two names, one object:", y is x, id(x) == id(y))


def change(number, text, numbers):
    ids = id(number), id(text), id(numbers)
    number += 1
    text += "!"
    numbers += [4]
    print("   inside:", number, text, numbers)
    print("   the same objects as before:", [a == b for a, b in zip(ids, (id(number), id(text), id(numbers)))])


numbers, text = [1, 2, 3], "a text"
change(x, text, numbers)
print("outside:", x, text, numbers)


def remember(value, kept=[]):
    kept.append(value)
    return kept


print("a default is made once:", remember(1) is remember(2), remember(3))
