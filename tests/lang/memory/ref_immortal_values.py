# Counting references of values that live for ever never fails.
import sys
for v in (None, True, False, 0, 1, -5, 256, "", "a", (), b"", ..., NotImplemented, int, object, len):
    n = sys.getrefcount(v); l = [v] * 1000; m = sys.getrefcount(v); del l
    print(type(v).__name__, n > 0, m >= n, sys.getrefcount(v) >= 1)
