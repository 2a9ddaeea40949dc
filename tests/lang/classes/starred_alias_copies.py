# *tuple[int] can be copied and pickled: its iterator says where it comes from.
import copy
import pickle

starred = list(tuple[int, ...])[0]
it = iter(tuple[int])
print(type(it).__name__, it.__reduce__(), next(it), list(it))
for alias in (starred, list[int], dict[str, starred], next(iter(tuple[tuple[int], str]))):
    for other in (copy.copy(alias), copy.deepcopy(alias), pickle.loads(pickle.dumps(alias))):
        print(other, other == alias, other.__unpacked__, other.__args__)
