# html, urllib.parse, quopri-free text tools.
import html, urllib.parse as up, textwrap
print(html.escape("<a href=\"x\">'&'</a>"), html.unescape("&lt;&amp;&#39;&eacute;&#x4e2d;&nosuch;"), html.escape("a", quote=False), up.quote("a b/c?é"), up.unquote("a%20b%C3%A9"), up.quote_plus("a b&c"), up.unquote_plus("a+b"), up.urlencode({"a": 1, "b": "x y", "c": ["p", "q"]}, doseq=True), up.parse_qs("a=1&b=2&a=3&c="), up.parse_qsl("x=1&y=2"), up.urljoin("http://h/a/b", "../c"), up.urljoin("http://h/a/", "//other/x"))
u = up.urlparse("https://user:pw@host.com:8080/p/a;t?q=1&r=2#frag"); print(u, u.hostname, u.port, u.username, u.geturl(), up.urlsplit("//h/p").netloc, up.urlunparse(("s", "h", "p", "", "q", "f")), up.quote("/a/b", safe=""), up.unquote_to_bytes("%ff"))
for bad in (lambda: up.urlparse("http://h:99999/").port, lambda: up.urlparse("http://[::1/"), lambda: up.quote(5)):
    try: print(bad())
    except (ValueError, TypeError) as e: print(type(e).__name__, e)
print(textwrap.wrap("the quick brown fox " * 3, 22), textwrap.shorten("hello big world", 10, placeholder=".."), repr(textwrap.dedent("\n  a\n   b\n  c\n")), textwrap.indent("x\n\ny", "  ", lambda l: True))
