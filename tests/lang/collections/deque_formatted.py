# A deque has items by number only: the % operator takes it as one value, not as a mapping.
from collections import deque


class Named(deque):
    def __getitem__(self, key):
        return f"<{key}>" if isinstance(key, str) else super().__getitem__(key)


for value in (deque(), deque([1]), Named([2])):
    for form in ("text", "%s", "%(a)s", b"text"):
        try:
            print(repr(form % value))
        except TypeError as e:
            print(form, e)
