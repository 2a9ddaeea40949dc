"""Finding what keeps objects alive: count them by type, see which grow, and ask who refers to one."""
import collections
import gc


class Page:
    def __init__(self, number):
        self.number = number


class Reader:
    history = []

    def read(self, number):
        page = Page(number)
        self.history.append(page)
        return page.number


def counted():
    return collections.Counter(type(o).__name__ for o in gc.get_objects())


gc.collect()
before = counted()
reader = Reader()
for number in range(500):
    reader.read(number)
gc.collect()
grown = counted() - before
print("grew most:", grown.most_common(1)[0])
page = next(o for o in gc.get_objects() if type(o) is Page)
holders = [o for o in gc.get_referrers(page) if type(o) is list and o is Reader.history]
print("held by Reader.history:", len(holders) == 1)
Reader.history.clear()
del page, holders
print("left when it is emptied:", counted()["Page"])
