from circ4 import Z
