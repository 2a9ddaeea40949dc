# Implicit and explicit line joining, blank lines, comments and semicolons.
total = 1 + \
    2 + \
    3
print(total)
values = [
    1,  # one

    2,
    # between
    3,
]
print(values)
a = 1; b = 2; print(a + b); c = a * b
print(c);
if a == 1: print("one"); print("line")
if (a == 1
        and b == 2):
    print("joined")
text = ("implicit "
        'concatenation '
        """of three""")
print(text)
print("continued \
string")
d = {
    "k": (1,
          2),
}
print(d)
x = (
    1
)
print(x)
def f(
    p,
    q=(1,
       2),
    *rest,
): return (p, q,
           rest)
print(f(
    1,
    2, 3,
))
if True:
	print("tab")
	if True:
	    print("tab and spaces")
if True:
  if True:
      if True:
        print("odd indents")
