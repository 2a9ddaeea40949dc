# Cells: contents, sharing, assignment.
def outer():
    x = 1
    def get(): return x
    def put(v):
        nonlocal x
        x = v
    return get, put
get, put = outer()
cell = get.__closure__[0]
print(cell.cell_contents, cell == put.__closure__[0], type(cell).__name__)
put(5); print(cell.cell_contents, get())
cell.cell_contents = 9; print(get())
del cell.cell_contents
try: get()
except NameError as e: print(e)
try: cell.cell_contents
except ValueError as e: print(e)
cell.cell_contents = "back"; print(get())
def empty():
    def f(): return y
    c = f.__closure__[0]
    try: c.cell_contents
    except ValueError as e: print(e)
    y = 3
    return c.cell_contents
print(empty())
print(outer.__closure__, (lambda: 0).__closure__)
try: get.__closure__ = ()
except AttributeError as e: print(e)
