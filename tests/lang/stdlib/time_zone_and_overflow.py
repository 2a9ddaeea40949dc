# gmtime's zone, and fields that are too large.
import time

g = time.gmtime(1000)
print(g.tm_zone, g.tm_gmtoff, time.strftime("%Z %z", g))
for big in (2**31, -2**31 - 1, 2**63, 2**31 - 1):
    for at in range(9):
        fields = [2024, 1, 1, 0, 0, 0, 0, 1, 0]
        fields[at] = big
        for function in (time.asctime, lambda t: time.strftime("%Y", t)):
            try:
                function(tuple(fields))
            except (OverflowError, ValueError) as e:
                print(big, at, type(e).__name__, e)
