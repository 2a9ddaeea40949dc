# A list among the arguments of a generic alias is shown as a list is; only collections.abc.Callable shows its items.
import collections.abc

print(list[[int]], dict[str, [int, str]], list[[]], list[[[int]]], tuple[[int], ...])
print(list[(int, str)], list[((int, str),)], list[[None, ...]])
print(collections.abc.Callable[[int, str], int], collections.abc.Callable[[], None], collections.abc.Callable[..., int])
inner = []
inner.append(inner)
print(list[inner])
nested = [0]
for _ in range(1000):
    nested = [nested]
print(list[nested] == list[nested])
