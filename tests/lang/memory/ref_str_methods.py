# String methods give back their arguments.
import sys
s = "".join(["abc", "def", "abc"]); t = "".join(["a", "b"]); bs, bt = sys.getrefcount(s), sys.getrefcount(t)
s.split(t); s.replace(t, "x"); s.find(t); s.partition(t); s.join([t, t]); s.startswith((t, t)); s.strip(t); s.count(t); s.translate({97: t}); s % () if 0 else None; s + t; s * 3; s[1:3]; s == t; t in s; hash(s); s.encode().decode(); s.upper().lower(); s.center(50); s.splitlines(); list(s); s.format(t); s.removeprefix(t); s.rsplit(t, 1); s.zfill(20); s.expandtabs(); s.casefold(); sorted(s)
print(sys.getrefcount(s) - bs, sys.getrefcount(t) - bt)
d = s.partition("zz"); print(sys.getrefcount(s) - bs); del d; e = s.replace("zz", "y"); f = s.strip(); print(e is s, f is s, sys.getrefcount(s) - bs)
