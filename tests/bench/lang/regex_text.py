"""re: tokens, replacement with a function, groups, lookahead, split, findall over a text of some size."""
import re

TEXT = "".join(f"2024-{i % 12 + 1:02}-{i % 28 + 1:02} host{i % 9} GET /path/{i}/item?id={i * 7}&x=a{i} {200 + i % 5} {i * 13}\n"
               for i in range(6000))
LINE = re.compile(r"(\d{4})-(\d\d)-(\d\d) (\w+) (GET|POST) (\S+) (\d+) (\d+)")
TOKEN = re.compile(r"\s*(?:(?P<number>\d+(?:\.\d+)?)|(?P<name>[A-Za-z_]\w*)|(?P<op>[-+*/()=]))")

total, hosts = 0, {}
for line in TEXT.splitlines():
    m = LINE.match(line)
    total += int(m.group(8))
    hosts[m[4]] = hosts.get(m[4], 0) + 1
print(total, sorted(hosts.items())[:2])
print(len(re.findall(r"id=(\d+)", TEXT)), len(re.sub(r"\d+", lambda m: str(len(m.group())), TEXT)))
print(len(re.split(r"[ /?&=\n]+", TEXT)), len(re.sub(r"(\w+)=(\w+)", r"\2=\1", TEXT)))
kinds = {}
for m in TOKEN.finditer("alpha = 3.14 * (beta + 42) - gamma / 7 + delta_9 " * 1500):
    kinds[m.lastgroup] = kinds.get(m.lastgroup, 0) + 1
print(kinds, len(re.findall(r"\b(?=\w*9)\w+\b", TEXT)), bool(re.search(r"host8.*\nnot", TEXT)))
print(sum(1 for _ in re.finditer(r"(?i)[A-F]+[0-9]*", TEXT)), len(re.compile("path|item|GET").findall(TEXT)))
