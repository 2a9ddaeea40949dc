# 3.11 has no type parameter syntax: the soft keyword stays a name.
type = 5
print(type)
type = [1, 2]
print(type[0])
def f(type): return type
print(f(type=3))
