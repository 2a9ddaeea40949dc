# compare: stderr
x = 1
print("never closed)
