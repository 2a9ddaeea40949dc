"""Sorting with keys of several kinds, min and max, reversed, enumerate, zip, any, all, sorted merges."""
from operator import attrgetter, itemgetter


class Person:
    def __init__(self, name, age):
        self.name, self.age = name, age

    def __lt__(self, other):
        return self.age < other.age


people = [Person(f"p{i * 37 % 1009}", i * 7919 % 97) for i in range(15000)]
rows = [(i * 7919 % 1009, f"r{i % 50}", i / 3) for i in range(25000)]
total = 0
for _ in range(2):
    total += sorted(people, key=lambda p: (p.age, p.name))[10].age
    total += sorted(people)[100].age + sorted(people, key=attrgetter("age"), reverse=True)[5].age
    total += sorted(rows)[7][0] + sorted(rows, key=itemgetter(1, 0))[9][0] + min(rows, key=itemgetter(2))[0]
    total += len(sorted({r[1] for r in rows})) + max(people, key=lambda p: p.age).age
words = [f"word{i * 31 % 5003}" for i in range(40000)]
print(total, sorted(words, key=str.lower)[5], sorted(words, key=len)[-1], sorted(words, reverse=True)[0])
for a, b in zip(reversed(rows), rows):
    total += a[0] > b[0]
for i, row in enumerate(rows):
    total += any(v == i for v in row) + all(row)
print(total)


def quicksort(a):
    if len(a) < 2:
        return a
    pivot = a[len(a) // 2]
    return quicksort([x for x in a if x < pivot]) + [x for x in a if x == pivot] + quicksort([x for x in a if x > pivot])


def bubble(a):
    a = list(a)
    for i in range(len(a)):
        for j in range(len(a) - 1 - i):
            if a[j] > a[j + 1]:
                a[j], a[j + 1] = a[j + 1], a[j]
    return a


def search(a, x):
    low, high = 0, len(a)
    while low < high:
        middle = (low + high) // 2
        if a[middle] < x:
            low = middle + 1
        else:
            high = middle
    return low


numbers = [i * 7919 % 20011 for i in range(50000)]
ordered = quicksort(numbers)
print(ordered[:3], bubble(numbers[:300])[:3], sum(search(ordered, i) for i in range(40000)))
