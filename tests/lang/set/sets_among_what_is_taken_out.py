# discard and remove look for a set as its frozenset; difference takes nothing that has no hash.
s = {1, 2, frozenset({3})}
s.discard({3})
print(s)
for take in (s.difference, s.difference_update, set().difference, frozenset(s).difference, {1: 1}.keys().__sub__):
    for others in ([2, {3}], ({2}, 1), iter([{3}])):
        try:
            print(take(others))
        except TypeError as error:
            print(type(error).__name__, error)
print(s)
