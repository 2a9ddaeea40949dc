# Reports from text: tables, wrapping, parsing, templates.
text = """name,qty,price
apple,3,1.25
"pear, green",10,0.5
fig,0,12
"""
def parse(line):
    out, cur, q = [], "", False
    for c in line:
        if c == '"': q = not q
        elif c == "," and not q: out.append(cur); cur = ""
        else: cur += c
    return out + [cur]
head, *rows = [parse(l) for l in text.strip().splitlines()]
recs = [dict(zip(head, r)) for r in rows]
print(recs)
w = [max(len(r[i]) for r in [head] + rows) for i in range(3)]
for r in [head] + rows: print(" | ".join(c.ljust(n) if i == 0 else c.rjust(n) for i, (c, n) in enumerate(zip(r, w))))
print(f"total {sum(int(r['qty']) * float(r['price']) for r in recs):.2f}", max(recs, key=lambda r: float(r["price"]))["name"])
def wrap(s, n):
    line, out = "", []
    for word in s.split():
        if line and len(line) + 1 + len(word) > n: out.append(line); line = word
        else: line = f"{line} {word}".strip()
    return out + [line]
print(*wrap("the quick brown fox jumps over the lazy dog and keeps running", 20), sep="\n")
def ini(s):
    d, sec = {}, None
    for l in s.splitlines():
        l = l.split("#")[0].strip()
        if not l: continue
        if l[0] == "[": sec = d.setdefault(l[1:-1], {})
        else: k, _, v = l.partition("="); sec[k.strip()] = int(v) if v.strip().isdigit() else v.strip()
    return d
print(ini("[a]\nx = 1 # one\ny=two\n\n[b]\nz = 3"))
def tmpl(s, **k):
    out = []
    for i, p in enumerate(s.replace("}}", "{{").split("{{")): out.append(str(k.get(p.strip(), "?")) if i % 2 else p)
    return "".join(out)
print(tmpl("Dear {{name}}, you owe {{ sum }} {{cur}}.", name="Bob", sum=5))
from collections import Counter
words = "It was the best of times it was the worst of times".lower().split()
print(Counter(words).most_common(3), sorted(set(words), key=lambda x: (-len(x), x))[:3], {k: [w for w in dict.fromkeys(words) if w[0] == k] for k in "tw"}, sum(map(len, words)) / len(words), [(a, b) for a, b in zip(words, words[1:]) if a < b][:3], "\n".join(f"{i:>2}: {w}" for i, w in enumerate(words[:3], 1)), sep="\n")
