from circ3 import W
