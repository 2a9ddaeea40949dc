"""Parses an access log, aggregates, formats a table, keeps windows; regex with verbose flags; namedtuple; heapq.merge."""
import collections
import datetime as dt
import heapq
import ipaddress
import itertools
import re
import shlex
import urllib.parse
from operator import attrgetter, itemgetter, methodcaller
from string import Formatter

LOG = r'''
10.0.0.1 - ann [10/Oct/2023:13:55:36 +0000] "GET /a/b?x=1&y=%20z&x=2 HTTP/1.1" 200 2326 "-" "Mozilla/5.0 (X11)"
10.0.0.2 - - [10/Oct/2023:13:55:40 +0000] "POST /login HTTP/1.1" 401 12 "http://h/a" "curl/8"
10.0.0.1 - ann [10/Oct/2023:13:56:02 +0000] "GET /img/%E2%82%AC.png HTTP/2" 404 0 "-" "Mozilla/5.0 (X11)"
broken line
2001:db8::1 - bob [10/Oct/2023:14:01:00 +0200] "GET / HTTP/1.0" 500 - "-" "-"
'''
LINE = re.compile(r'''
    (?P<ip>\S+) \s - \s (?P<user>\S+) \s
    \[ (?P<when> [^\]]+ ) \] \s
    "(?P<method>[A-Z]+) \s (?P<target>\S+) \s HTTP/(?P<version>[\d.]+)" \s
    (?P<status>\d{3}) \s (?P<size>\d+|-)
''', re.VERBOSE)
Hit = collections.namedtuple("Hit", "ip user when method url status size", defaults=(0,))


def parse(text):
    for number, line in enumerate(filter(None, text.splitlines()), 1):
        if not (m := LINE.match(line)):
            print(f"line {number}: cannot parse {line!r}")
            continue
        g = m.groupdict()
        yield Hit(ipaddress.ip_address(g["ip"]), None if g["user"] == "-" else g["user"],
                  dt.datetime.strptime(g["when"], "%d/%b/%Y:%H:%M:%S %z").astimezone(dt.timezone.utc),
                      g["method"],
                  urllib.parse.urlsplit(g["target"]), int(g["status"]), int(g["size"].replace("-", "0")))


hits = list(parse(LOG))
for h in hits:
    print(f"{h.ip!s:>12} {h.when:%H:%M:%S} {h.method:<5}{urllib.parse.unquote(h.url.path):<12}{h.status} {h.size:>6,}")
    if h.url.query:
        print(urllib.parse.parse_qs(h.url.query), urllib.parse.parse_qsl(h.url.query), h.url)
print(collections.Counter(h.status // 100 for h in hits).most_common(), sum(map(attrgetter("size"), hits)))
by = collections.defaultdict(lambda: collections.defaultdict(list))
for h in hits:
    by[h.ip.version][h.user].append(h.when.minute)
print({k: dict(v) for k, v in by.items()})
for net in (ipaddress.ip_network("10.0.0.0/30"), ipaddress.IPv6Network("2001:db8::/126")):
    print(net, net.num_addresses, [str(a) for a in net.hosts()], [h.ip in net for h in hits],
        net.supernet().with_netmask)
try:
    ipaddress.ip_address("300.1.1.1")
except ValueError as e:
    print(e)


def windows(hits, minutes):
    queue = collections.deque()
    for h in sorted(hits, key=attrgetter("when")):
        queue.append(h)
        while h.when - queue[0].when > dt.timedelta(minutes=minutes):
            queue.popleft()
        yield h.when.time().isoformat(), len(queue)


print(list(windows(hits, 2)))
a, b = [h for h in hits if h.user], [h for h in hits if not h.user]
print([h.status for h in heapq.merge(a, b, key=attrgetter("when"))], heapq.nlargest(2, hits,
    key=attrgetter("size"))[0].size)
print(list(map(methodcaller("_asdict"), hits[1:2]))[0]["user"], hits[0]._fields, Hit(*range(6)),
    itemgetter(1, -1)(hits[0]))
print(shlex.split('cmd --opt="a b" \'c d\' e\\ f # no', comments=True), shlex.quote("it's"),
    shlex.join(["a b", "c"]))
print(urllib.parse.urljoin("http://a/b/c?d", "../e#f"), urllib.parse.urlencode({"q": "ä b", "l": [1, 2]},
    doseq=True), urllib.parse.quote("/a b&é", safe="/&"))


class Table(Formatter):
    def get_value(self, key, args, kwargs):
        return kwargs.get(key, f"<{key}>") if isinstance(key, str) else super().get_value(key, args, kwargs)

    def format_field(self, value, spec):
        if spec.endswith("?"):
            return format("yes" if value else "no", spec[:-1])
        return super().format_field(value, spec)

    def convert_field(self, value, conversion):
        return value.upper() if conversion == "u" else super().convert_field(value, conversion)


t = Table()
print(t.format("{0!u:>6}|{flag:^7?}|{nope}|{x[a].real:.1f}|{1!r}", "abc", "q", flag=[], x={"a": 2}),
    [*t.parse("a{b!r:c{d}}e{{")])
rows = [("name", "hits", "ratio"), *(("/" * i or "root", i ** 7, i / 3) for i in range(4))]
widths = [max(len(f"{c:.2f}" if isinstance(c, float) else str(c)) for c in col) for col in zip(*rows)]
for row in rows:
    print(" | ".join(f"{c:>{w}.2f}" if isinstance(c, float) else f"{c!s:<{w}}" for c, w in zip(row, widths)))
print(*itertools.batched("abcdefg", 3) if hasattr(itertools,
    "batched") else itertools.zip_longest(*[iter("abcdefg")] * 3))
print([(k, "".join(g)) for k, g in itertools.groupby("aAbBB", str.lower)], list(itertools.pairwise("abc")),
    list(itertools.islice(itertools.count(5, -2), 3)))
print(list(itertools.starmap(pow, [(2, 3), (3, 2)])), list(itertools.compress("abcd", [1, 0, 1])),
    list(itertools.dropwhile(str.islower, "abCd")), [*itertools.combinations_with_replacement("ab", 2)])
