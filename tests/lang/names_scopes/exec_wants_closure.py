# exec() of code with free variables: what the closure must be.
def outer(y):
    def inner():
        print("inner", y)
        return z
        z = None

    def two():
        return x, y

    x = 1
    return inner, two


one, two = outer(3)
cell, *_ = one.__closure__
plain = compile("5", "", "exec")
for code in one.__code__, two.__code__, plain, "5":
    for closure in None, (), (cell,), (cell, cell), [cell], (1,), 5:
        try:
            print(exec(code, closure=closure))
        except (TypeError, UnboundLocalError) as e:
            print(type(e).__name__, e)
for code in one.__code__, two.__code__:
    for function in eval, exec:
        try:
            function(code)
        except TypeError as e:
            print(e)
