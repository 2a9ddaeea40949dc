# sys._debugmallocstats writes this heap's own classes, pools and arenas to stderr, in CPython's layout. It returns None.
import sys
print(sys._debugmallocstats())
