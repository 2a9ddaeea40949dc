# args: one "two words" --three=3 é ""
import sys
print(len(sys.argv), sys.argv[1:], sys.argv[0].endswith("argv_access.py"), type(sys.argv), all(type(a) is str for a in sys.argv)); sys.argv.append("x"); print(sys.argv[-1]); sys.argv = ["replaced"]; print(sys.argv)
