from circ.bad2 import y
x = 1
