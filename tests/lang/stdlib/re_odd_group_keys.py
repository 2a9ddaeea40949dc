# Keys of a match that are no group: what is unhashable is only noticed when the pattern has names.
import re

for pattern in ("a", "(a)", "(?P<n>a)"):
    m = re.match(pattern, "a")
    for key in (slice(0, 1), [], "n", "x", 1.0, None, 1, -1, 2**70, True):
        for action in (lambda: m[key], lambda: m.group(key), lambda: m.start(key), lambda: m.span(key)):
            try:
                print(pattern, key, action())
            except Exception as e:
                print(pattern, key, type(e).__name__, e)
