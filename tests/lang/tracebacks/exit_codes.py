# compare: stderr
import sys
print("bye")
sys.exit("exit message é")
