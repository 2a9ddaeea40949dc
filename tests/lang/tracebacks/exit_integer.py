# exits: not 0
import sys
print("exit 42")
sys.exit(42)
