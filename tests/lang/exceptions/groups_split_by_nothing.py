# An empty tuple of types matches no exception of a group.
group = ExceptionGroup("all", [ValueError(1), ExceptionGroup("inner", [TypeError(2)])])
print(group.subgroup(()), group.split(())[0], group.split(())[1] == group, repr(group.split(())[1]))
for what in ((1,), (ValueError, 1), 1, None, [], "x", (ValueError, (TypeError,))):
    for method in (group.subgroup, group.split):
        try:
            print(method(what))
        except TypeError as e:
            print(e)
try:
    try:
        raise group
    except* ():
        print("never")
except ExceptionGroup as e:
    print("out", e)
